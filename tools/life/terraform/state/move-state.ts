import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { withDraft, writeSecret } from '@home/files';
import { type Backend, refuse } from '@home/terraform';
import { type RootModule, bodyOf, parseObject } from '../root-module';
import { explain, runOrExplain } from '../run/explain';
import { initialize } from '../run/prepare';
import { storeOf } from '../run/remedies';
import { runTerraform } from '../run/run-terraform';
import type { Session } from '../session';
import { type State, isNoState, parseState, pullState } from './read-state';

/**
 * Moves the state of a stack from where it lives to where the generated files say, and looks at both ends whether all of
 * it arrived. The old copy stays, a local one under another name.
 *
 * @param old where the state lives now
 * @returns a sentence about what was done
 * @throws ProblemsError when the new place holds another state, or anything is missing there afterwards
 */
export async function moveState(session: Session, module: RootModule, old: Backend): Promise<string> {
  const { stack, folder, backend } = module;
  if (storeOf(old) === storeOf(backend)) return `${stack}: already lives in ${storeOf(backend)}`;
  return withDraft(join(folder, '.terraform', 'move'), async (scratch) => {
    const from = place(module, old, join(scratch, 'old'));
    const to = place(module, backend, join(scratch, 'new'));
    await openPlace(session, from);
    await openPlace(session, to);
    const before = await pullState(session, from);
    const moved = isNoState(before) ? 'held nothing' : await carry(session, from, to, before);
    await initialize(session, module, ['-reconfigure']);
    retire(old, folder);
    return `${stack}: ${moved}; from now on it lives in ${storeOf(backend)}`;
  });
}

/** Where the last init found the state of a stack; undefined when there was none on this machine. */
export function recordedBackend({ folder }: RootModule): Backend | undefined {
  const record = join(folder, '.terraform', 'terraform.tfstate');
  if (!existsSync(record)) return undefined;
  const { type, config } = bodyOf(parseObject(readFileSync(record, 'utf8'))?.['backend']);
  if (typeof type !== 'string') return undefined;
  const given = Object.entries(bodyOf(config)).filter(([, value]) => value !== null);
  return { type, ...Object.fromEntries(given) } as Backend;
}

/** Brings a state from one place to another, and says how that went. */
async function carry(session: Session, from: RootModule, to: RootModule, before: string): Promise<string> {
  const old = understood(from, before);
  const there = await pullState(session, to);
  if (!isNoState(there)) {
    const present = understood(to, there);
    if (present.lineage === old.lineage && present.serial >= old.serial) return 'was moved before';
    const where = `${to.stack}: ${storeOf(to.backend)}`;
    refuse(where, 'already holds another state', 'Look whose it is. Nothing was moved');
  }
  const arrived = await put(session, to, before, old);
  const still = understood(from, await pullState(session, from));
  if (still.serial !== old.serial || arrived.lineage !== old.lineage || !sameResources(arrived, old)) {
    refuse(
      to.stack,
      `differs between ${storeOf(from.backend)} and ${storeOf(to.backend)} after it was moved`,
      'Nothing was removed from the old place. Empty the new one and try again while nobody applies',
    );
  }
  const count = old.resources.length;
  return `${count} resources arrived, serial ${arrived.serial}, lineage ${arrived.lineage}`;
}

/** Writes a state to an empty store, with its own lineage, by which Terraform knows it again. */
async function put(session: Session, to: RootModule, text: string, old: State): Promise<State> {
  const file = join(to.folder, 'carried.tfstate');
  writeSecret(file, text);
  const push = async (...options: string[]): Promise<State> => {
    await runOrExplain(session, to, ['state', 'push', ...options, file], `npm run state -- move ${to.stack}`);
    return understood(to, await pullState(session, to));
  };
  const first = await push();
  // An empty remote store gives what it gets a lineage of its own; only over that may it be written again.
  const renamed = first.lineage !== old.lineage && sameResources(first, old);
  return renamed ? push('-force') : first;
}

const sameResources = (one: State, other: State): boolean =>
  JSON.stringify([one.resources, one.outputs]) === JSON.stringify([other.resources, other.outputs]);

function understood({ stack, backend }: RootModule, text: string): State {
  const state = parseState(text);
  if (state !== undefined) return state;
  refuse(`${stack}: ${storeOf(backend)}`, 'holds something that is not a state', 'Nothing was moved');
}

/** A root module that consists of a backend alone. */
function place(module: RootModule, backend: Backend, folder: string): RootModule {
  const absolute =
    backend.type === 'local' ? { ...backend, path: resolve(module.folder, backend.path) } : backend;
  const { type, ...config } = absolute;
  const terraform = type === 'cloud' ? { cloud: config } : { backend: { [type]: config } };
  // A backend may have its keys in its configuration.
  writeSecret(join(folder, 'stack.tf.json'), JSON.stringify({ terraform }));
  return { ...module, folder, backend: absolute };
}

/** Opens a store. The providers that a state names are not needed for moving it, and so not fetched. */
async function openPlace(session: Session, { folder, ...module }: RootModule): Promise<void> {
  const none = join(folder, 'no-providers');
  mkdirSync(none);
  const commands = ['init', '-input=false', '-json', `-plugin-dir=${none}`];
  const outcome = await runTerraform(session, folder, commands);
  if (outcome.exitCode !== 0 && !existsSync(join(folder, '.terraform', 'terraform.tfstate'))) {
    throw explain({ folder, ...module }, outcome, `npm run state -- move ${module.stack}`);
  }
}

/** Nobody may go on with a local state that was left behind. */
function retire(old: Backend, folder: string): void {
  if (old.type !== 'local') return;
  const file = resolve(folder, old.path);
  if (existsSync(file)) renameSync(file, `${file}.moved-${new Date().toISOString().replace(/[:.]/g, '-')}`);
}
