import type { WebAppShape } from '../kubernetes/web-app-shape';
import type { BlockObject } from './block-objects';
import { declaredType } from './module-scope';
import type { HclBlock } from './parse-module';

/** A web app that blocks of HCL make. */
export interface HclWebApp extends WebAppShape<BlockObject> {
  /** What its blocks wait for besides each other: the block of its namespace, which they need not name then. */
  readonly awaited: readonly HclBlock[];
  /** Whether a value is made of something of the app's own blocks. */
  readonly isMadeOfItself: (value: unknown) => boolean;
}

/** A block's place in the stack. */
export interface Address {
  readonly type: string;
  readonly label: string;
}

export const addressIn = (block: HclBlock): Address => ({
  type: declaredType(block).known?.name ?? block.type,
  label: block.label,
});

/** Where an object of a web app is afterwards; undefined for an account, which a web app of the home does without. */
export function addressAfter({ name, config }: HclWebApp, object: BlockObject): Address | undefined {
  if (object.manifest.kind === 'ServiceAccount') return undefined;
  const label = object === config?.object ? object.manifest.name : name;
  return { ...addressIn(object.block), label };
}

/** What of the blocks that became a web app can still be read: path → the member of the web app that gives it. */
const handles: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Deployment: { 'metadata.0.name': 'name' },
  Service: { 'metadata.0.name': 'serviceName' },
  Ingress: { 'metadata.0.name': 'name', 'spec.0.rule.0.host': 'host' },
};

/**
 * The member of a web app that gives what an attribute of one of its objects gave.
 *
 * @returns undefined where a web app gives out nothing that is equal
 */
export const memberFor = (
  { manifest }: BlockObject,
  path: readonly (string | number)[],
): string | undefined => handles[manifest.kind]?.[path.join('.')];
