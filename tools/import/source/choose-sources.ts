import { type Problem, isPlainObject } from '@home/terraform';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, extname } from 'node:path';
import { type Source, readSources } from './read-source';
import { readYaml } from './read-yaml';

/** What there is to import: sources of one kind. */
export interface ChosenSources {
  readonly kind: 'terraform' | 'compose' | 'kubernetes';
  readonly sources: readonly Source[];
  /** Files of another kind, which would have to be imported by themselves. */
  readonly others: readonly Source[];
  readonly problems: readonly Problem[];
}

/**
 * Finds out what it is that `--from` names. A folder with Terraform's files is a module, whatever else lies in it, and
 * one with a compose file is compose's.
 *
 * @param from a file, a folder, or `-` for standard input
 */
export async function chooseSources(from: string): Promise<ChosenSources> {
  const { sources, problems } = await readSources(from, (name) => isYaml(name) || isTerraform(name));
  const choose = (kind: ChosenSources['kind'], chosen: readonly Source[]): ChosenSources => ({
    kind,
    sources: chosen,
    others: sources.filter((one) => !chosen.includes(one)),
    problems,
  });
  const terraform = sources.filter(({ file }) => isTerraform(file));
  if (terraform.length > 0) return choose('terraform', terraform);
  const compose = sources.filter(isCompose).sort(plainestFirst);
  const top = compose.filter(
    ({ file }) => file === from || from === '-' || dirname(file) === dirname(`${from}/x`),
  );
  const [first] = top.length > 0 ? top : compose.length === sources.length ? compose : [];
  if (first !== undefined) {
    const chosen = choose('compose', [first]);
    return { ...chosen, others: [...chosen.others, ...overridesBeside(first, sources)] };
  }
  const objects = sources.filter((one) => !compose.includes(one));
  return choose('kubernetes', objects);
}

/** The override file that compose would read with a file that is named by itself. */
function overridesBeside({ file }: Source, read: readonly Source[]): Source[] {
  const [, start, ending] = /^(.*compose)(\.ya?ml)$/.exec(file) ?? [];
  const beside = `${start}.override${ending}`;
  if (start === undefined || read.length > 1 || !existsSync(beside)) return [];
  return [{ file: beside, text: readFileSync(beside, 'utf8') }];
}

/** Tells a compose file by its name, or by having services without being an object of Kubernetes. */
function isCompose(source: Source): boolean {
  if (/^(docker-)?compose([.-].*)?\.ya?ml$/.test(basename(source.file))) return true;
  if (!/^["']?services["']?\s*:|^\s*\{/m.test(source.text)) return false;
  const [first] = readYaml(source, '1.2').documents;
  return isPlainObject(first?.value) && isPlainObject(first.value['services']) && !('kind' in first.value);
}

/** `compose.yml` before `compose.override.yml`. */
const plainestFirst = (one: Source, other: Source): number =>
  basename(one.file).length - basename(other.file).length;

/** Terraform's JSON counts too, so that the import can say what becomes of it. */
const isTerraform = (name: string): boolean => name.endsWith('.tf') || name.endsWith('.tf.json');

/** Kubernetes' objects are YAML, or JSON, which is YAML too. */
const isYaml = (name: string): boolean => ['.yaml', '.yml', '.json'].includes(extname(name));

/**
 * Tells of each file that an import of a folder leaves where it is, since it is of another kind than the others.
 *
 * @param carried the texts that came along beside the code: a file that is read or mounted is among them
 */
export function tellOthers({ kind, others }: ChosenSources, carried: ReadonlySet<string>): Problem[] {
  return others
    .filter(({ text }) => !carried.has(text))
    .map((source) => {
      const where = source.file;
      if (kind !== 'terraform' && isCompose(source)) {
        const remedy =
          'Import it by itself, or several as one: docker compose -f ONE -f OTHER config | npx nx g import --from -';
        return { where, what: 'is a compose file of its own', remedy };
      }
      const what =
        kind === 'terraform'
          ? 'is not HCL, and is imported only where HCL reads it'
          : 'is not a compose file, and is imported only where a service mounts it';
      return { where, what, remedy: 'If it describes what runs, import it by itself' };
    });
}
