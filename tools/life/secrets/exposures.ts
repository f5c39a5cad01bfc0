import { join } from 'node:path';
import { type GeneratedBlock, readGeneratedHome } from '@home/generated';
import { type PathStep, follow, marksAt, recordedBlock, sensitivePaths } from '@home/providers';
import { type Body, addressOf } from '@home/terraform';
import { reasonFor } from './reasons';

/** Something sensitive that a state holds in clear text. */
export interface Exposure {
  readonly stack: string;
  readonly workload: string;
  readonly address: string;
  /** Its sensitive attributes. */
  readonly attributes: readonly string[];
  readonly why: string;
}

/** Every sensitive value that still reaches a state, by workload and address, from the generated files. */
export function findExposures(workspace: string): Exposure[] {
  return readGeneratedHome(join(workspace, 'terraform'))
    .map((block) => ({
      stack: block.stack,
      workload: block.workload,
      address: addressOf(block),
      attributes: exposedAttributes(block),
      why: reasonFor(block.type === '' ? block.kind : block.type),
    }))
    .filter(({ attributes }) => attributes.length > 0);
}

function exposedAttributes({ kind, type, body }: GeneratedBlock): string[] {
  if (kind === 'output') return body['sensitive'] === true ? ['value'] : [];
  if (kind !== 'resource' && kind !== 'data') return [];
  return inShort(sensitivePaths(kind, type).filter((path) => isKept(kind, type, path, body)));
}

/** Terraform keeps what is given, unless the argument is write-only, and what the provider fills in by itself. */
function isKept(kind: 'resource' | 'data', type: string, path: readonly PathStep[], body: Body): boolean {
  const [top] = path;
  const block = recordedBlock(kind, type);
  if (typeof top !== 'string' || block === undefined) return false;
  if (marksAt(kind, type, path)?.writeOnly || `${top}_wo` in body) return false;
  const { readOnly, computed } = follow(block, path).part.schema;
  return top in body || readOnly === true || computed === true;
}

/** `machine_secrets.certs.etcd.key` and nine more like it → `machine_secrets (10 values)` */
function inShort(paths: readonly (readonly PathStep[])[]): string[] {
  const tops = [...new Set(paths.map(([top]) => String(top)))];
  return tops.map((top) => {
    const [first = [], ...more] = paths.filter(([step]) => step === top);
    return more.length > 0
      ? `${top} (${more.length + 1} values)`
      : first.map((step) => step ?? '*').join('.');
  });
}
