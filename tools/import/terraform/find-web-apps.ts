import { literal } from '../code/code';
import { Computed } from '../kubernetes/computed';
import { valueAt } from '../kubernetes/fields';
import { callsAtPort, callsIn, recognizeWebApps } from '../kubernetes/recognize-web-apps';
import { webAppCode } from '../kubernetes/web-app-code';
import type { WebAppShape } from '../kubernetes/web-app-shape';
import { type BlockObject, objectsOf } from './block-objects';
import { BlockReferences } from './block-references';
import { configTexts } from './config-texts';
import { expressionsIn, traversalIn } from './expression-trees';
import type { BlockGroup } from './group-blocks';
import { KnownValues } from './known-values';
import { addressOf } from './module-scope';
import type { HclBlock } from './parse-module';
import { type Address, type HclWebApp, addressAfter, addressIn, memberFor } from './web-app-parts';

/** What the web apps of a root module find in the home. */
export interface HomeOfApps {
  /** The domain of the home's apps. */
  readonly domain: string;
  /** Addresses that the stack has already. */
  readonly addresses: ReadonlySet<string>;
  /** Whether the module's folder has a file of text. */
  hasFile(path: string): boolean;
}

/**
 * Finds the web apps of the home among the blocks of a root module. What other blocks read of an app's blocks must be
 * something that a web app gives out, what only Terraform knows must stand where a web app takes it, and they
 * must wait for nothing but each other and their namespace.
 *
 * @param blocks of which each `locals` holds one value
 * @param groups the blocks of each workload
 */
export function findWebApps(
  blocks: readonly HclBlock[],
  groups: readonly BlockGroup[],
  home: HomeOfApps,
): readonly HclWebApp[] {
  const objects = objectsOf(blocks);
  const references = new BlockReferences(blocks);
  const known = new KnownValues(blocks);
  const calls = new Map(blocks.map((block) => [block, callsIn(known.of(block.body))]));
  const taken = new Map(
    blocks.filter(({ kind }) => kind === 'resource').map((block) => [nameOf(addressIn(block)), block]),
  );
  const grouped = groups.map((group) => ({
    objects: group.blocks.flatMap((block) => objects.get(block) ?? []),
  }));
  const shapes = recognizeWebApps(grouped, { ...home, isFit: (shape) => isFit(fromBlocks(shape)) });
  return shapes.map(fromBlocks);

  function fromBlocks(shape: WebAppShape<BlockObject>): HclWebApp {
    const own = new Set(shape.objects.map(({ block }) => block));
    const awaited = references.reachedFrom([...own].map(({ body }) => body['depends_on']));
    return {
      ...shape,
      awaited: [...awaited].filter((block) => !own.has(block)),
      isMadeOfItself: (value) => [...references.reachedFrom(value)].some((block) => own.has(block)),
    };
  }

  function isFit(app: HclWebApp): boolean {
    const own = new Set(app.objects.map(({ block }) => block));
    const addresses = app.objects.flatMap((object) => addressAfter(app, object) ?? []);
    const namesakes = addresses.flatMap((address) => taken.get(nameOf(address)) ?? []);
    const users = app.objects.flatMap((object) =>
      [...references.users(object.block)]
        .filter((user) => !own.has(user))
        .map((user) => [user, object] as const),
    );
    return (
      users.every(([user, object]) => readsWhatIsGiven(user, object)) &&
      namesakes.every((block) => own.has(block)) &&
      !blocks.some((block) => !own.has(block) && callsAtPort(calls.get(block) ?? [], app.name)) &&
      app.awaited.every((block) => isNamespace(objects.get(block), app.namespace)) &&
      canBeSaid(app) &&
      hasTexts(app, home)
    );
  }
}

/** Whether a block makes one namespace, and that one. */
function isNamespace(object: BlockObject | undefined, name: string | undefined): boolean {
  if (object === undefined || 'count' in object.block.body || 'for_each' in object.block.body) return false;
  return object.manifest.kind === 'Namespace' && object.manifest.name === name;
}

const nameOf = ({ type, label }: Address): string => `${type}.${label}`;

/** Whether a block reads nothing of another one but what a web app gives out; a `moved` block may lead to it. */
function readsWhatIsGiven({ kind, body }: HclBlock, object: BlockObject): boolean {
  const address = addressOf(object.block);
  const reads = new RegExp(`(?<![\\w.\\])-])${address}(?![\\w-])(?:\\.[\\w-]+|\\[[^\\]]*\\])*`, 'g');
  const given = kind === 'moved' ? body['from'] : body;
  return expressionsIn(given)
    .flatMap((source) => [...source.matchAll(reads)])
    .every(([text]) => memberFor(object, traversalIn(text)?.slice(2) ?? []) !== undefined);
}

/** Whether each value that only Terraform knows is written where the app's code says it, and without the app itself. */
function canBeSaid(app: HclWebApp): boolean {
  const { manifest, written } = app.deployment;
  let isSaid = true;
  webAppCode(app, {
    namespace: literal(''),
    said(path) {
      const source = written(path);
      const isComputed = valueAt(manifest.value, path) instanceof Computed;
      if (isComputed && (typeof source !== 'string' || app.isMadeOfItself(source))) isSaid = false;
      return undefined;
    },
  });
  return isSaid;
}

/** Whether the files of its configuration are known before Terraform runs. */
function hasTexts({ config }: HclWebApp, { hasFile }: HomeOfApps): boolean {
  if (config === undefined) return true;
  const texts = configTexts(config.object);
  return texts !== undefined && [...texts.values()].every((one) => 'text' in one || hasFile(one.file));
}
