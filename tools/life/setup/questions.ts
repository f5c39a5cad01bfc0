import { type Problem, type Step, valueAt } from '@home/terraform';
import { type Draft, nodesOf, textAt, withValue } from './draft';

/** What setup asks for. */
export interface Question {
  /** Its flag without the dashes, and of a machine its key: `domain`, `node.0.name`. */
  readonly id: string;
  /** Where the answer stands in the facts. */
  readonly path: readonly Step[];
  readonly asks: string;
  /** What an empty answer stands for; without one, there has to be an answer. */
  readonly suggestion?: string | undefined;
  /** Whether only what is said of the whole concerns it, and nothing of what is in it. */
  readonly isWhole?: true;
  /** The facts with an answer; whether it holds, the check of the facts says. */
  put(draft: Draft, answer: string): Draft;
  /** What is wrong with an answer that is no fact. */
  faults?(answer: string): readonly Problem[];
}

/** What leaves a fact out. */
export const none = 'none';

const list = (text: string): string[] => text.split(/[\s,]+/).filter((item) => item !== '');

interface Asked {
  readonly suggestion?: string | undefined;
  /** What the answer becomes; the text itself, if left out. */
  readonly read?: (answer: string) => unknown;
  /** The answer that made what stands there now; left out for what is a text. */
  readonly show?: (value: unknown) => string;
}

/** A question for one fact. What it is now is what it stays without an answer. */
function question(
  draft: Draft,
  id: string,
  path: readonly Step[],
  asks: string,
  asked: Asked = {},
): Question {
  const { read = (answer: string): unknown => answer, show = String, suggestion } = asked;
  const now = valueAt(draft, path);
  return {
    id,
    path,
    asks,
    suggestion: now === undefined ? suggestion : show(now),
    put: (facts, answer) => withValue(facts, path, answer === none ? undefined : read(answer)),
  };
}

/**
 * What is to be asked for a home, in order; what was answered already decides on what comes after it.
 *
 * @param draft the answers so far
 * @param timezone of this machine
 */
export function questionsFor(draft: Draft, timezone: string): Question[] {
  const domain = textAt(draft, ['domain']);
  return [
    question(draft, 'domain', ['domain'], 'Domain of the home, in which its apps get their names'),
    question(draft, 'name', ['cluster', 'name'], 'Name of the cluster', { suggestion: 'home' }),
    question(draft, 'hostmaster', ['hostmaster'], 'Who looks after the domain, with dots only', {
      suggestion: `hostmaster.${domain ?? 'home'}.`,
    }),
    question(draft, 'timezone', ['timezone'], 'Time zone', { suggestion: timezone }),
    ...networkQuestions(draft),
    ...machineQuestions(draft),
    ...storeQuestions(draft),
    ...otherQuestions(draft),
  ];
}

function networkQuestions(draft: Draft): Question[] {
  const subnet = (family: 'v4' | 'v6') => textAt(draft, ['network', 'subnets', family]);
  const gateways = (['v4', 'v6'] as const).flatMap((family) => {
    const path = ['network', 'gateways', family];
    const asks = `Address of the router in ${subnet(family)}`;
    return subnet(family) === undefined ? [] : question(draft, `gateway-${family}`, path, asks);
  });
  const router = textAt(draft, ['network', 'gateways', 'v4']) ?? textAt(draft, ['network', 'gateways', 'v6']);
  return [
    subnetQuestion(draft, 'v4', 'IPv4 subnet, such as 192.168.1.0/24, or none', subnet('v6') && none),
    subnetQuestion(draft, 'v6', 'IPv6 subnet, such as fd00:1::/64, or none', none),
    ...gateways,
    question(draft, 'nameservers', ['network', 'nameservers'], 'Name servers for the machines, with commas', {
      suggestion: [router, subnet('v4') === undefined ? '2620:fe::fe' : '9.9.9.9'].filter(Boolean).join(),
      read: list,
      show: String,
    }),
  ];
}

/** Without a subnet there is no router in it, and no machine has an address in it. */
function subnetQuestion(
  draft: Draft,
  family: 'v4' | 'v6',
  asks: string,
  suggestion: string | undefined,
): Question {
  const asked = question(draft, `subnet-${family}`, ['network', 'subnets', family], asks, { suggestion });
  return {
    ...asked,
    put(facts, answer) {
      const put = asked.put(facts, answer);
      if (answer !== none) return put;
      const addresses = nodesOf(put).map((_, index) => ['network', 'nodes', index, 'addresses', family]);
      return [['network', 'gateways', family], ...addresses].reduce(
        (left, path) => (valueAt(left, path) === undefined ? left : withValue(left, path, undefined)),
        put,
      );
    },
  };
}

function machineQuestions(draft: Draft): Question[] {
  const nodes = nodesOf(draft);
  const names = nodes.flatMap(({ name }) => (typeof name === 'string' ? [name] : []));
  const controlPlanes = nodes.filter(({ role }) => role === 'controlplane');
  const count: Question = {
    id: 'machines',
    path: ['network', 'nodes'],
    isWhole: true,
    asks: 'How many machines',
    suggestion: String(nodes.length || 1),
    put: (facts, answer) =>
      withValue(
        facts,
        ['network', 'nodes'],
        Array.from(
          { length: /^\d{1,2}$/.test(answer) ? Number(answer) : 0 },
          (_, index) => nodes[index] ?? { name: `node${index + 1}` },
        ),
      ),
  };
  return [
    count,
    ...nodes.flatMap((_, index) => nodeQuestions(draft, index)),
    ...(controlPlanes.length > 1
      ? [
          question(
            draft,
            'virtual-address',
            ['cluster', 'virtualAddress'],
            'A free address that the control planes share',
          ),
        ]
      : []),
    question(
      draft,
      'entry-nodes',
      ['network', 'entryNodes'],
      'Machines that carry ingress and DNS, with commas',
      {
        suggestion: (controlPlanes.length > 1 ? names : names.slice(0, 1)).join(),
        read: list,
      },
    ),
  ];
}

const disks: Readonly<Record<string, string>> = { 'raspberry-pi-4': '/dev/mmcblk0' };
const memories: Readonly<Record<string, string>> = { 'raspberry-pi-4': '2600Mi' };

/** By its MAC, or by the kernel's name. */
const readLink = (answer: string): object => (answer.includes(':') ? { mac: answer } : { name: answer });

/** A bond or a VLAN is more than an answer says: with the same answer it stays. */
const showLink = (link: unknown): string => {
  const { mac, name } = link as { mac?: string; name?: string };
  return mac ?? name ?? 'as it is';
};

/** A disk that is described, and not named, stays with the same answer. */
const showDisk = (disk: unknown): string => (typeof disk === 'string' ? disk : 'as it is');

function nodeQuestions(draft: Draft, index: number): Question[] {
  const at = (...path: Step[]): Step[] => ['network', 'nodes', index, ...path];
  const hardware = textAt(draft, at('hardware')) ?? '';
  const of = textAt(draft, at('name')) ?? `machine ${index + 1}`;
  const ask = (key: string, path: readonly Step[], asks: string, asked?: Asked): Question =>
    unlessSame(question(draft, `node.${index}.${key}`, path, `${of}: ${asks}`, asked));
  const addresses = (['v4', 'v6'] as const).flatMap((family) =>
    textAt(draft, ['network', 'subnets', family]) === undefined
      ? []
      : ask(
          family,
          at('addresses', family),
          `its address in ${textAt(draft, ['network', 'subnets', family])}`,
        ),
  );
  return [
    ask('name', at('name'), 'its name'),
    ask('role', at('role'), 'controlplane or worker', {
      suggestion: index === 0 ? 'controlplane' : 'worker',
    }),
    ask('hardware', at('hardware'), 'raspberry-pi-4, generic-amd64, generic-arm64 or virtual-machine'),
    ask('link', at('interface'), 'network interface, by its MAC or the kernel’s name', {
      read: readLink,
      show: showLink,
    }),
    ask('disk', at('installDisk'), 'disk to install on', { suggestion: disks[hardware], show: showDisk }),
    ...addresses,
    ask('memory', at('memoryForPods'), 'memory for pods, such as 2600Mi', { suggestion: memories[hardware] }),
  ];
}

/** What stands there says more than its answer may, and so is left alone by the same one. */
const unlessSame = (asked: Question): Question => ({
  ...asked,
  put: (facts, answer) =>
    answer === asked.suggestion && valueAt(facts, asked.path) !== undefined
      ? facts
      : asked.put(facts, answer),
});

function storeQuestions(draft: Draft): Question[] {
  const s3 = ['nas', 's3'];
  const endpoint = textAt(draft, [...s3, 'endpoint']) ?? '';
  const host = /^https?:\/\/\[?([\da-f.:]+?)\]?(:\d+)?$/.exec(endpoint)?.[1];
  return [
    question(draft, 'store', [...s3, 'endpoint'], 'Address of the S3 store for replicas of databases'),
    question(draft, 'store-kind', [...s3, 'kind'], 'given (bucket and key are made there) or minio', {
      suggestion: 'given',
    }),
    question(draft, 'bucket', [...s3, 'bucket'], 'Bucket in it', { suggestion: 'home-replicas' }),
    question(draft, 'nas', ['nas', 'address'], 'Address of the NAS, or none', { suggestion: host ?? none }),
    question(draft, 'share', ['nas', 'files', 'export'], 'NFS share for files of apps, or none', {
      suggestion: none,
    }),
  ];
}

/** What each kind of alert says besides its kind. */
const alerts: Readonly<Record<string, object>> = {
  'healthchecks.io': { graceSeconds: 300, channel: 'email', tags: ['home'], timezone: 'UTC' },
  addresses: { of: ['success', 'failure'] },
};

function otherQuestions(draft: Draft): Question[] {
  return [
    unlessSame(
      question(
        draft,
        'alerts',
        ['alerts'],
        'Who hears of failing replicas: healthchecks.io, addresses, gotify, none',
        {
          suggestion: none,
          read: (kind) => ({ kind, ...alerts[kind] }),
          show: (value) => String((value as { kind: string }).kind),
        },
      ),
    ),
    question(draft, 'one-password', ['onePassword'], 'Id of JDownloader’s login in 1Password, or none', {
      suggestion: none,
      read: (jdownloader) => ({ items: { jdownloader } }),
      show: (value) => String(valueAt(value, ['items', 'jdownloader'])),
    }),
    question(draft, 'terraform', ['terraform', 'binary'], 'terraform or tofu'),
  ];
}
