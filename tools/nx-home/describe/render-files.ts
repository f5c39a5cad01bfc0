import { checkFile, requiredProvider } from '@home/providers';
import {
  type Backend,
  type Block,
  OwnedBlocks,
  type OwnedBlock,
  type Rendered,
  type Stack,
  block,
  dataBlock,
  render,
} from '@home/terraform';
import { type Place, type PlacedProblem, isStack } from '../graph/layout';
import { type Loaded } from './load';

/** A file's content and the mistakes in it. */
export interface RenderedFile extends Rendered {
  readonly place: Place;
  readonly stack: Stack;
  readonly blocks: readonly Block[];
  /** The providers of its stack: those that the stack.ts names, and those that its workloads configure. */
  readonly providers: readonly string[];
}

/** Renders the files of all stacks that are loaded and of the workloads in them. */
export function renderFiles(loaded: readonly Loaded[], owned: readonly OwnedBlock[]): RenderedFile[] {
  const all = new OwnedBlocks(owned);
  const stacks = new Map(loaded.flatMap(({ place, stack }) => (stack ? [[place.stack, stack]] : [])));
  const providers = new Map([...stacks].map(([name, stack]) => [name, providersOf(name, stack, loaded)]));
  const renderPlace = (place: Place, stack: Stack, blocks: readonly Block[]): RenderedFile => ({
    place,
    stack,
    blocks,
    providers: providers.get(place.stack) ?? [],
    ...render(blocks, place, all),
  });
  const rendered = loaded.flatMap(({ place, blocks }) => {
    const stack = stacks.get(place.stack);
    return stack === undefined ? [] : [renderPlace(place, stack, blocks)];
  });
  return rendered.map((file) => {
    const { place, stack } = file;
    if (!isStack(place)) return file;
    const read = rendered
      .filter((other) => other.place.stack === place.stack)
      .flatMap(({ reads }) => [...reads]);
    const others = [...stacks].filter(([name]) => read.includes(name));
    return renderPlace(place, stack, stackFileBlocks(place.stack, stack, file.providers, others));
  });
}

function providersOf(name: string, { providers }: Stack, loaded: readonly Loaded[]): string[] {
  const configured = loaded
    .filter(({ place }) => place.stack === name)
    .flatMap(({ blocks }) => blocks.filter(({ kind }) => kind === 'provider').map(({ label }) => label));
  return [...new Set([...Object.keys(providers), ...configured])].sort();
}

/** What is wrong with a file by itself, against the providers' schemas too. */
export function checkRendered({ place, providers, json, problems }: RenderedFile): PlacedProblem[] {
  const invalid = checkFile(json, place.where, providers);
  return [...problems, ...invalid].map((problem) => ({ ...problem, place }));
}

/**
 * The blocks of a stack's own file: versions, backend, providers, variables, and the states of other stacks that its
 * workloads read.
 */
function stackFileBlocks(
  name: string,
  stack: Stack,
  providers: readonly string[],
  read: readonly (readonly [string, Stack])[],
): Block[] {
  const states = read.toSorted().map(([other, { backend }]) => stateOf(other, backend(other)));
  return [
    settings(name, stack, providers),
    ...Object.values(stack.providers).flat(),
    ...stack.blocks,
    ...states,
  ];
}

function settings(name: string, stack: Stack, providers: readonly string[]): Block {
  return block('terraform', '', '', {
    required_version: stack.requiredVersion,
    required_providers: Object.fromEntries(
      providers.map((provider) => [provider, requiredProvider(provider)]),
    ),
    ...backendSettings(stack.backend(name)),
  });
}

/** HCP Terraform has a block of its own: https://developer.hashicorp.com/terraform/language/block/terraform#cloud */
function backendSettings({ type, ...config }: Backend): object {
  return type === 'cloud' ? { cloud: config } : { backend: { [type]: config } };
}

/** https://developer.hashicorp.com/terraform/language/state/remote-state-data */
function stateOf(stack: string, { type, ...config }: Backend): Block {
  return dataBlock('terraform_remote_state', stack, { backend: type === 'cloud' ? 'remote' : type, config });
}
