import { join } from 'node:path';
import { type GeneratedBlock, readGeneratedHome } from '@home/generated';
import { type PathStep, follow, marksAt, recordedBlock, sensitivePaths } from '@home/providers';
import { type Body, addressOf } from '@home/terraform';
import { grouped } from '@tools/life/terraform';

/** Something sensitive that a state holds in clear text. */
interface Exposure {
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

/** The exposures as lines, grouped by workload. */
export function printExposures(exposures: readonly Exposure[]): string[] {
  if (exposures.length === 0) return ['No sensitive value reaches a state.'];
  const lines = [...grouped(exposures, ({ stack, workload }) => `${stack}/${workload}`)].flatMap(
    ([name, own]) => [
      name,
      ...own.flatMap(({ address, attributes, why }) => [
        `  ${address}: ${attributes.join(', ')}`,
        `    because ${why}`,
      ]),
    ],
  );
  return [
    'Sensitive values that a state holds in clear text; keep the states as safe as the home itself:',
    ...lines,
  ];
}

/** Why values of a type stand in a state, for the types that the home uses. */
const reasons: readonly (readonly [pattern: RegExp, why: string])[] = [
  [
    /^talos_machine_secrets$/,
    'the identity of the cluster has to outlive every machine, and nothing but this state keeps it',
  ],
  [
    /^talos_(machine_configuration|machine_configuration_apply)$/,
    'a machine is configured with the cluster’s secrets, which this state holds anyway',
  ],
  [
    /^talos_(machine_bootstrap|cluster_kubeconfig|client_configuration)$/,
    'whoever talks to a machine needs a key that the cluster’s secrets sign, and this state holds those anyway',
  ],
  [
    /^tls_/,
    'the authority’s key and what it signs have to outlive every pod, and the tls provider takes and keeps no key elsewhere',
  ],
  [/^gotify_/, 'Gotify makes the token itself, and its provider keeps what it reads'],
  [/^output$/, 'its owner fetches it from the state into a file; no other stack reads it'],
];

/** Why a sensitive value of this type reaches a state. */
function reasonFor(type: string): string {
  return (
    reasons.find(([pattern]) => pattern.test(type))?.[1] ??
    'no reason is given: look for a write-only argument, derive the value, or say why in tools/life/secrets/exposures.ts'
  );
}
