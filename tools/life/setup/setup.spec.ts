import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeTemporaryFolder } from '@home/files';
import { type HomeFacts, checkFacts, readFacts } from '@home/home';
import { formatProblem } from '@home/terraform';
import { type Answered, answerAll } from './answer';
import { type Draft, newHome } from './draft';
import { givenAnswers } from './given-answers';
import { appsWithout, keepQuestion } from './kept-apps';
import { type Question, questionsFor } from './questions';
import { rewriteFacts } from './write-facts';

const questions = (draft: Draft): Question[] => questionsFor(draft, 'Europe/Vienna');
const start = newHome(readFacts());

const pi = 'name=pi,hardware=raspberry-pi-4,link=e4:5f:01:2b:83:6a,v4=10.0.0.3';
const given = {
  domain: 'home.example.org',
  'subnet-v4': '10.0.0.0/24',
  'gateway-v4': '10.0.0.1',
  store: 'http://10.0.0.9:9000',
};
const answer = (
  options: Readonly<Record<string, string>> = {},
  nodes = [pi],
  from: Draft = start,
): Promise<Answered> => answerAll(from, questions, { given: givenAnswers({ ...given, ...options }, nodes) });
const lines = ({ problems }: Answered): string[] => problems.map(formatProblem);

const withFlags = 'npm run setup -- --';

describe('with everything given', () => {
  test('a new home gets its own facts, nothing of the other one’s, and may start empty', async () => {
    const { facts, problems } = await answer();
    expect({ problems, left: checkFacts(facts) }).toEqual({ problems: [], left: [] });
    expect(facts).toEqual({
      ...start,
      cluster: { name: 'home', allowSchedulingOnControlPlanes: true },
      domain: 'home.example.org',
      hostmaster: 'hostmaster.home.example.org.',
      timezone: 'Europe/Vienna',
      network: {
        subnets: { v4: '10.0.0.0/24' },
        gateways: { v4: '10.0.0.1' },
        nameservers: ['10.0.0.1', '9.9.9.9'],
        nodes: [
          {
            name: 'pi',
            role: 'controlplane',
            hardware: 'raspberry-pi-4',
            interface: { mac: 'e4:5f:01:2b:83:6a' },
            installDisk: '/dev/mmcblk0',
            addresses: { v4: '10.0.0.3' },
            memoryForPods: '2600Mi',
          },
        ],
        entryNodes: ['pi'],
      },
      nas: {
        s3: { endpoint: 'http://10.0.0.9:9000', kind: 'given', bucket: 'home-replicas' },
        address: '10.0.0.9',
      },
      replication: { ...readFacts().replication, firstDeploy: true },
    });
  });

  test('a home of IPv6 alone, and one of several control planes', async () => {
    const v6 = {
      'subnet-v4': 'none',
      'subnet-v6': 'fd00:1::/64',
      'gateway-v6': 'fd00:1::1',
      store: 'http://[fd00:1::9]:9000',
    };
    expect(lines(await answer(v6, [pi.replace('v4=10.0.0.3', 'v6=fd00:1::3')]))).toEqual([]);
    const three = [3, 4, 5].map(
      (at) =>
        `name=n${at},role=controlplane,hardware=virtual-machine,link=eth0,disk=/dev/vda,memory=4Gi,v4=10.0.0.${at}`,
    );
    const { facts, problems } = await answer({ 'virtual-address': '10.0.0.10' }, three);
    expect({ problems, entry: facts.network.entryNodes }).toEqual({
      problems: [],
      entry: ['n3', 'n4', 'n5'],
    });
  });

  test('what is missing or wrong is said all at once, each with its flag', async () => {
    const { store: _, ...others } = given;
    const nodes = ['name=pi,hardware=raspberry-pi-4,link=eth0,v4=10.0.1.3'];
    const options = { ...others, domain: 'a b', alerts: 'pigeons' };
    const said = lines(await answerAll(start, questions, { given: givenAnswers(options, nodes) }));
    expect(said).toEqual([
      expect.stringContaining(`${withFlags}domain: domain "a b" must be a domain.`),
      expect.stringContaining(`${withFlags}hostmaster: hostmaster "hostmaster.a b." must be`),
      expect.stringContaining(
        `${withFlags}node v4=… (of machine 1): network.nodes[0].addresses.v4 "10.0.1.3" must lie in`,
      ),
      expect.stringContaining(`${withFlags}store: must be given, since nobody is there to be asked`),
      expect.stringContaining(`${withFlags}alerts: alerts.kind "pigeons" must be one of`),
    ]);
  });

  test.each([
    ['name', '"name" must be a key and its value, such as name=pi. The keys are'],
    ['nam=pi', '"nam=pi" must be a key and its value, such as name=pi. Did you mean name?'],
  ])('a machine is described by keys: %s', (machine, said) => {
    expect(() => givenAnswers({}, [machine])).toThrow(said);
  });
});

describe('with somebody at the terminal', () => {
  /** Answers in order; an empty one takes what is suggested. */
  async function play(replies: Readonly<Record<string, readonly string[]>>, from: Draft = start) {
    const left = new Map(Object.entries(replies).map(([id, texts]) => [id, [...texts]]));
    const asked: string[] = [];
    const corrected: string[] = [];
    const person = {
      ask: async ({ id, suggestion = '' }: Question) => {
        asked.push(id);
        if (asked.length > 100) throw new Error('asks for ever');
        return left.get(id)?.shift() || suggestion;
      },
      correct: (faults: Answered['problems']) => corrected.push(...faults.map(({ what }) => what)),
    };
    const { facts } = await answerAll(from, questions, { given: new Map(), person });
    return { facts, asked, corrected };
  }
  const replies = {
    ...Object.fromEntries(Object.entries(given).map(([id, text]) => [id, [text]])),
    'node.0.hardware': ['raspberry-pi-4'],
    'node.0.link': ['eth0'],
    'node.0.v4': ['10.0.0.3'],
  };

  test('a wrong answer is asked for again before anything else', async () => {
    const { asked, corrected } = await play({ ...replies, domain: ['a b', 'home.example.org'] });
    expect(corrected).toEqual([expect.stringContaining('domain "a b" must be a domain')]);
    expect(asked.slice(0, 3)).toEqual(['domain', 'domain', 'name']);
  });

  test('what does not fit to other answers is asked for again once they are there', async () => {
    const { facts, asked, corrected } = await play({
      ...replies,
      'gateway-v4': ['10.0.1.1', '10.0.0.1'],
      'node.0.v4': ['10.0.0.1', '10.0.0.3'],
    });
    expect(checkFacts(facts)).toEqual([]);
    expect(corrected).toEqual([
      expect.stringContaining('network.gateways.v4 "10.0.1.1" must lie'),
      expect.stringContaining('network.nodes[0].addresses.v4 "10.0.0.1" must be unique'),
    ]);
    expect(asked.filter((id) => id === 'gateway-v4' || id === 'node.0.v4')).toHaveLength(4);
  });

  test('what shows only later is asked for where it was answered', async () => {
    const second = {
      'node.1.hardware': ['virtual-machine', 'virtual-machine'],
      'node.1.link': ['eth0'],
      'node.1.disk': ['/dev/vda'],
    };
    const { facts, corrected } = await play({
      ...replies,
      ...second,
      machines: ['2', '2'],
      'node.1.v4': ['10.0.0.4'],
      'node.1.memory': ['4Gi', '4Gi'],
      'node.1.role': ['controlplane', 'worker'],
      'virtual-address': ['10.0.0.10'],
    });
    expect(corrected).toContainEqual(expect.stringContaining('must be an odd number of control planes'));
    expect(facts.network.nodes.map(({ role }) => role)).toEqual(['controlplane', 'worker']);
    expect(checkFacts(facts)).toEqual([]);
  });

  test('run again, it offers what is set, and changes nothing of it', async () => {
    const { facts: first } = await answer({ share: '/volume1/home', alerts: 'addresses' });
    const more = {
      ...first,
      network: {
        ...first.network,
        nodes: first.network.nodes.map((node) => ({
          ...node,
          interface: { mac: 'e4:5f:01:2b:83:6a', vlan: 7 },
          installDisk: { serial: 'A1' },
        })),
      },
    };
    const { facts } = await play({}, more as unknown as Draft);
    expect(facts).toEqual(more);
    const without = await play({ share: ['none'], alerts: ['none'] }, more as unknown as Draft);
    expect(without.facts).toEqual({ ...more, alerts: undefined, nas: { ...more.nas, files: undefined } });
    expect(Object.keys(without.facts.nas)).not.toContain('files');
  });
});

describe('the file of the facts', () => {
  const text = `import type { HomeFacts } from './generated/facts';

export const facts: HomeFacts = {
  // The name of the house.
  domain: 'old', // Short.
  'timezone': 'UTC',

  network: { nameservers: ['9.9.9.9'], subnets: { v4: '10.0.0.0/24' } },
};
`;
  const before = {
    domain: 'old',
    timezone: 'UTC',
    network: { nameservers: ['9.9.9.9'], subnets: { v4: '10.0.0.0/24' } },
  };
  const rewrite = (facts: object, keepsComments: boolean): Promise<string> =>
    rewriteFacts(text, before as unknown as HomeFacts, facts as HomeFacts, keepsComments);

  test('stays as it is where nothing changed', async () => {
    expect(await rewrite(structuredClone(before), true)).toBe(text.replace("'timezone'", 'timezone'));
  });

  test('keeps its owner’s comments, and drops those of another home where their subject changed', async () => {
    const facts = {
      domain: 'new',
      timezone: 'UTC',
      network: { nameservers: ['1.1.1.1'], subnets: { v6: 'fd00::/64' } },
      nas: { files: { export: '/a' } },
    };
    const own = await rewrite(facts, true);
    expect(own).toContain("// The name of the house.\n  domain: 'new',");
    const others = await rewrite(facts, false);
    expect(others).not.toContain('The name of the house');
    expect(others).toContain("network: { nameservers: ['1.1.1.1'], subnets: { v6: 'fd00::/64' } },");
    expect(others).toContain("nas: { files: { export: '/a' } },");
  });

  test('is not guessed at when it says its facts in another way', async () => {
    const facts = before as unknown as HomeFacts;
    await expect(rewriteFacts('export const facts = make();', facts, facts, true)).rejects.toThrow(
      'libs/home/facts.ts: must say the facts in one object',
    );
  });
});

describe('the apps that stay', () => {
  let root = '';
  beforeAll(() => {
    root = makeTemporaryFolder();
    const files = {
      'apps/platform/stack.ts': '',
      'apps/workloads/stack.ts': '',
      'apps/workloads/notes/main.ts': 'export const notes = 1;',
      'apps/workloads/feed/main.ts': "import { notes } from '@home/workloads/notes';",
    };
    for (const [file, content] of Object.entries(files)) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), content);
    }
  });
  afterAll(() => rmSync(root, { recursive: true }));
  const apps = ['notes', 'feed'];

  test.each([
    ['all', undefined, []],
    ['none', undefined, apps],
    ['notes', undefined, ['feed']],
    ['feed', '"feed" needs notes, which would go', undefined],
    ['feeds', 'must name apps of the home, but it has no feeds', undefined],
  ])('%s', (kept, fault, gone) => {
    const found = keepQuestion(root, apps, false).faults?.(kept) ?? [];
    expect(found.map(({ what }) => what)).toEqual(fault === undefined ? [] : [fault]);
    if (gone !== undefined) expect(appsWithout(apps, kept)).toEqual(gone);
  });
});
