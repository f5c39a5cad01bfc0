import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { readGeneratedStack } from '@home/generated';
import { blocksIn, refuse } from '@home/terraform';
import { manifestsOf } from '../../scan/manifests';
import { type Figure, type Spent, timed } from '../measure';

/** What others write such files with, and what each needs. */
const peers = {
  cdktf: { cdktf: '0.21.0', constructs: '10.4.2' },
  cdktn: { cdktn: '0.24.0', constructs: '10.7.1' },
  cdk8s: { cdk8s: '2.70.106', constructs: '10.7.1' },
} as const;

type Peer = keyof typeof peers;

/** What an app is made of, to be made again by others under another name. */
interface Model {
  readonly name: string;
  readonly resources: readonly Resource[];
  readonly manifests: readonly object[];
}

interface Resource {
  readonly type: string;
  readonly label: string;
  readonly body: object;
}

/**
 * The same apps rendered by CDKTF, cdktn and, without what is not Kubernetes', cdk8s. They are given plain objects and
 * no bindings of providers, which would only add to what they do.
 *
 * @param folder where they are installed and write; what this repository wrote is in it
 * @param written the folder in it that holds what this repository wrote, a file for each app
 * @param floor the figure to hold them against
 * @throws ProblemsError when one of them makes something else
 */
export async function peerFigures(
  folder: string,
  written: string,
  count: number,
  floor: string,
): Promise<Figure[]> {
  const model = modelOf(folder, written);
  writeFileSync(join(folder, 'model.json'), JSON.stringify(model));
  const figures: Figure[] = [];
  for (const [peer, packages] of Object.entries(peers) as [Peer, (typeof peers)[Peer]][]) {
    const room = join(folder, peer);
    await install(room, packages);
    requireSameObjects(peer, model, (await render(peer, room, 1)).into);
    figures.push({ what: peer, beside: [floor], once: () => render(peer, room, count) });
  }
  return figures;
}

function modelOf(folder: string, written: string): Model {
  const blocks = readGeneratedStack(written, folder);
  const [{ workload: name = '' } = {}] = blocks;
  const own = blocks.filter((block) => block.workload === name);
  const resources = own
    .filter(({ kind }) => kind === 'resource')
    .map(({ type, label, body }) => ({ type, label, body }));
  return { name, resources, manifests: manifestsOf(own) };
}

async function install(room: string, packages: Readonly<Record<string, string>>): Promise<void> {
  mkdirSync(room, { recursive: true });
  writeFileSync(join(room, 'package.json'), JSON.stringify({ private: true, dependencies: packages }));
  await timed(['npm', 'install', '--silent', '--no-audit', '--no-fund'], { cwd: room });
}

let turn = 0;

async function render(peer: Peer, room: string, count: number): Promise<Spent & { readonly into: string }> {
  const into = join(room, `written-${(turn += 1)}`);
  const script = [
    join(__dirname, 'render.cjs'),
    peer,
    room,
    join(room, '../model.json'),
    String(count),
    into,
  ];
  const { output } = await timed([process.execPath, ...script], {
    cwd: room,
    env: { ...process.env, CHECKPOINT_DISABLE: '1' },
  });
  return { ...(JSON.parse(output.trim().split('\n').at(-1) ?? '') as Spent), into };
}

/** Whoever renders less is quick. */
function requireSameObjects(peer: Peer, { resources, manifests }: Model, into: string): void {
  const [wanted, made] =
    peer === 'cdk8s'
      ? [
          manifests.length,
          readdirSync(into).flatMap((file) => readFileSync(join(into, file), 'utf8').split('---')).length,
        ]
      : [bodiesOf(resources), readResources(join(into, 'stacks/apps/cdk.tf.json'))];
  if (!isDeepStrictEqual(made, wanted)) refuse(peer, 'must make the same objects', `Look at ${into}`);
}

const bodiesOf = (resources: readonly Resource[]): Record<string, object> =>
  Object.fromEntries(resources.map(({ type, label, body }) => [`${type}.${label}`, body]));

function readResources(file: string): Record<string, object> {
  const resources = blocksIn(JSON.parse(readFileSync(file, 'utf8'))).filter(
    ({ kind }) => kind === 'resource',
  );
  return bodiesOf(resources.map(({ type, label, body: { '//': _, ...body } }) => ({ type, label, body })));
}
