import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Body } from '@home/terraform';
import { type RootModule, parseObject, readRootModule } from '../root-module';
import { runOrExplain } from '../run/explain';
import { ensureInitialized } from '../run/prepare';
import type { Runner } from '../run/run-terraform';
import type { Session } from '../session';

/** A state as Terraform stores it, as far as these commands read it. */
export interface State {
  readonly lineage: string;
  readonly serial: number;
  readonly resources: readonly StateResource[];
  readonly outputs?: unknown;
}

interface StateResource {
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly module?: string;
  readonly instances: readonly StateInstance[];
}

interface StateInstance {
  readonly index_key?: string | number;
  readonly status?: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly dependencies?: readonly string[];
}

/** One object that a state knows. */
export interface KnownObject {
  readonly address: string;
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** Addresses of the blocks it was made from. */
  readonly needs: readonly string[];
}

/** The file of a local state, absolute; undefined for the other backends. */
export function localStateFile({ backend, folder }: RootModule): string | undefined {
  return backend.type === 'local' ? resolve(folder, backend.path) : undefined;
}

/** Where Terraform leaves a state that it could not write to its store. */
export const leftoverState = ({ folder }: RootModule): string => join(folder, 'errored.tfstate');

/**
 * Reads the state of a stack, wherever it lives.
 *
 * @returns undefined when the stack was never applied
 * @throws ProblemsError when its store does not answer, or the state is damaged
 */
export async function readState(runner: Runner, module: RootModule): Promise<State | undefined> {
  const file = localStateFile(module);
  if (file !== undefined && !existsSync(file)) return undefined;
  const plain = file === undefined ? undefined : parseState(readFileSync(file, 'utf8'));
  // What is encrypted, damaged or far away is Terraform's to read.
  if (plain !== undefined) return plain;
  await ensureInitialized(runner, module);
  const text = await pullState(runner, module);
  return isNoState(text) ? undefined : parseState(text);
}

/**
 * The state as Terraform prints it; an empty text when there is none.
 *
 * @throws ProblemsError as `readState` does
 */
export const pullState = (runner: Runner, module: RootModule): Promise<string> =>
  runOrExplain(runner, module, ['state', 'pull'], `npm run plan -- ${module.stack}`);

/** What `terraform state pull` prints where there is none yet: nothing, or a state that was never written. */
export function isNoState(text: string): boolean {
  const state = parseState(text);
  return text.trim() === '' || (state?.serial === 0 && state.resources.length === 0);
}

/** A state from its text; undefined when it is not one, or an encrypted one. */
export function parseState(text: string): State | undefined {
  const state = parseObject(text);
  const isState = versionOf(state) !== undefined && Array.isArray(state?.['resources']);
  return isState ? (state as unknown as State) : undefined;
}

/** Which version of which state something is, also an encrypted one. */
export function versionOf(state: Body = {}): Pick<State, 'lineage' | 'serial'> | undefined {
  const { lineage, serial } = state;
  return typeof lineage === 'string' && typeof serial === 'number' ? { lineage, serial } : undefined;
}

/** The objects that Terraform made and would destroy. */
export function objectsIn(state: State | undefined): KnownObject[] {
  const managed = (state?.resources ?? []).filter(({ mode }) => mode === 'managed');
  return managed.flatMap(({ type, name, module, instances }) =>
    instances.map(({ index_key: key, attributes, dependencies }) => ({
      address: `${module === undefined ? '' : `${module}.`}${type}.${name}${key === undefined ? '' : `[${JSON.stringify(key)}]`}`,
      type,
      values: attributes ?? {},
      needs: dependencies ?? [],
    })),
  );
}

/** One output of a stack. */
export interface Output {
  readonly sensitive: boolean;
  readonly value: unknown;
}

/**
 * The outputs in a stack's state, sensitive ones included.
 *
 * @throws ProblemsError when the state cannot be read
 */
export async function readOutputs(
  session: Session,
  stack: string,
): Promise<Readonly<Record<string, Output>>> {
  const module = readRootModule(session.root, stack);
  await ensureInitialized(session, module);
  const output = await runOrExplain(session, module, ['output', '-json'], `npm run output -- ${stack}`);
  return JSON.parse(output.slice(output.indexOf('{'))) as Readonly<Record<string, Output>>;
}
