import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { type PathStep, follow, marksAt, recordedBlock, sensitivePaths } from '@home/providers';
import { isPlainObject } from '@home/terraform';
import { generatedFiles } from './generated-files';
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

type Body = Readonly<Record<string, unknown>>;

/** Every sensitive value that still reaches a state, by workload and address, from the generated files. */
export function findExposures(workspace: string): Exposure[] {
  return generatedFiles(workspace).flatMap((file) => {
    const place = { stack: basename(dirname(file)), workload: basename(file, '.tf.json') };
    const json: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (!isPlainObject(json)) return [];
    const objects = (['resource', 'data'] as const).flatMap((kind) =>
      bodiesIn(json[kind]).flatMap(([type, labels]) =>
        bodiesIn(labels).map(([label, body]) => exposureOf(kind, type, label, body)),
      ),
    );
    return [...objects, ...bodiesIn(json['output']).map(([name, body]) => outputOf(name, body))]
      .filter(({ attributes }) => attributes.length > 0)
      .map((exposure) => ({ ...place, ...exposure }));
  });
}

const bodiesIn = (value: unknown): [string, Body][] =>
  isPlainObject(value)
    ? Object.entries(value).filter((entry): entry is [string, Body] => isPlainObject(entry[1]))
    : [];

function exposureOf(kind: 'resource' | 'data', type: string, label: string, body: Body) {
  const paths = sensitivePaths(kind, type).filter((path) => isKept(kind, type, path, body));
  const address = [...(kind === 'data' ? ['data'] : []), type, label].join('.');
  return { address, attributes: inShort(paths), why: reasonFor(type) };
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

function outputOf(name: string, { sensitive }: Body) {
  return {
    address: `output.${name}`,
    attributes: sensitive === true ? ['value'] : [],
    why: reasonFor('output'),
  };
}
