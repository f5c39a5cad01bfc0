import type { HclType } from './hcl-type';

/** What a function takes and gives. */
export interface Signature {
  /** The types of its arguments; the last one counts for all that follow. */
  readonly given: readonly HclType[];
  readonly returns: HclType;
}

const strings: HclType = ['list', 'string'];

/** The functions of Terraform that `@home/terraform` has by their names, and whose types are always the same. */
const helpers: Readonly<Record<string, readonly [given: readonly HclType[], returns: HclType]>> = {
  abspath: [['string'], 'string'],
  base64decode: [['string'], 'string'],
  base64encode: [['string'], 'string'],
  base64sha256: [['string'], 'string'],
  can: [['dynamic'], 'bool'],
  file: [['string'], 'string'],
  format: [['string', 'dynamic'], 'string'],
  join: [['string', strings], 'string'],
  jsonencode: [['dynamic'], 'string'],
  keys: [[['map', 'dynamic']], strings],
  lower: [['string'], 'string'],
  parseint: [['string', 'number'], 'number'],
  replace: [['string'], 'string'],
  sha256: [['string'], 'string'],
  split: [['string'], strings],
  substr: [['string', 'number'], 'string'],
  trimspace: [['string'], 'string'],
  upper: [['string'], 'string'],
  yamlencode: [['dynamic'], 'string'],
};

/** The signature of a typed helper; undefined for all other functions. */
export function helperSignature(name: string): Signature | undefined {
  const known = helpers[name];
  if (known === undefined) return undefined;
  const [given, returns] = known;
  return { given, returns };
}
