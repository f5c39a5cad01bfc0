import type { Problem } from '@home/terraform';
import { extname } from 'node:path';
import { type Source, readSources } from './read-source';

/** What there is to import: sources of one kind. */
export interface ChosenSources {
  readonly kind: 'terraform' | 'kubernetes';
  readonly sources: readonly Source[];
  readonly problems: readonly Problem[];
}

/**
 * Finds out what it is that `--from` names. A folder with Terraform's files is a module, whatever else lies in it.
 *
 * @param from a file, a folder, or `-` for standard input
 */
export async function chooseSources(from: string): Promise<ChosenSources> {
  const { sources, problems } = await readSources(from, (name) => isYaml(name) || isTerraform(name));
  const terraform = sources.filter(({ file }) => isTerraform(file));
  if (terraform.length > 0) return { kind: 'terraform', sources: terraform, problems };
  return { kind: 'kubernetes', sources, problems };
}

const isTerraform = (name: string): boolean => name.endsWith('.tf');

/** Kubernetes' objects are YAML, or JSON, which is YAML, too. */
const isYaml = (name: string): boolean => ['.yaml', '.yml', '.json'].includes(extname(name));
