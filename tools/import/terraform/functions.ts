import { type HclType, elementType } from './hcl-type';

/** What a function takes and gives. */
export interface Signature {
  /** The types of its arguments; the last one counts for all that follow. */
  readonly given: readonly HclType[];
  readonly returns: HclType;
  /** The name in `@home/terraform`, if there is a typed helper. */
  readonly helper?: string;
  /** The helper's type argument. */
  readonly of?: HclType;
}

const strings: HclType = ['list', 'string'];

/**
 * Functions of Terraform whose types are fixed: https://developer.hashicorp.com/terraform/language/functions
 * Those that `@home/terraform` has are called by name, the others by `call`.
 */
const fixed: Readonly<Record<string, readonly [readonly HclType[], HclType, boolean]>> = {
  abs: [['number'], 'number', false],
  abspath: [['string'], 'string', true],
  base64decode: [['string'], 'string', true],
  base64encode: [['string'], 'string', true],
  base64gzip: [['string'], 'string', false],
  base64sha256: [['string'], 'string', true],
  basename: [['string'], 'string', false],
  bcrypt: [['string', 'number'], 'string', false],
  can: [['dynamic'], 'bool', true],
  ceil: [['number'], 'number', false],
  chomp: [['string'], 'string', false],
  cidrhost: [['string', 'number'], 'string', false],
  cidrsubnet: [['string', 'number'], 'string', false],
  dirname: [['string'], 'string', false],
  endswith: [['string'], 'bool', false],
  file: [['string'], 'string', true],
  filebase64: [['string'], 'string', false],
  filebase64sha256: [['string'], 'string', false],
  fileexists: [['string'], 'bool', false],
  filemd5: [['string'], 'string', false],
  fileset: [['string'], strings, false],
  filesha1: [['string'], 'string', false],
  filesha256: [['string'], 'string', false],
  floor: [['number'], 'number', false],
  format: [['string', 'dynamic'], 'string', true],
  formatdate: [['string'], 'string', false],
  formatlist: [['string', 'dynamic'], strings, false],
  indent: [['number', 'string'], 'string', false],
  join: [['string', strings], 'string', true],
  jsonencode: [['dynamic'], 'string', true],
  keys: [[['map', 'dynamic']], strings, true],
  lower: [['string'], 'string', true],
  max: [['number'], 'number', false],
  md5: [['string'], 'string', false],
  min: [['number'], 'number', false],
  parseint: [['string', 'number'], 'number', true],
  pathexpand: [['string'], 'string', false],
  regexall: [['string'], ['list', 'dynamic'], false],
  replace: [['string'], 'string', true],
  sha1: [['string'], 'string', false],
  sha256: [['string'], 'string', true],
  split: [['string'], strings, true],
  startswith: [['string'], 'bool', false],
  strcontains: [['string'], 'bool', false],
  substr: [['string', 'number'], 'string', true],
  templatefile: [['string', 'dynamic'], 'string', false],
  timestamp: [[], 'string', false],
  title: [['string'], 'string', false],
  tobool: [['dynamic'], 'bool', false],
  trim: [['string'], 'string', false],
  trimprefix: [['string'], 'string', false],
  trimspace: [['string'], 'string', true],
  trimsuffix: [['string'], 'string', false],
  upper: [['string'], 'string', true],
  urlencode: [['string'], 'string', false],
  uuid: [[], 'string', false],
  yamlencode: [['dynamic'], 'string', true],
};

/** The signature of a function whose types do not depend on what it is given; undefined for all others. */
export function fixedSignature(name: string): Signature | undefined {
  const known = fixed[name];
  if (known === undefined) return undefined;
  const [given, returns, hasHelper] = known;
  return { given, returns, ...(hasHelper && { helper: name }) };
}

/**
 * The signature of a function that gives what it is given.
 *
 * @param wanted the type that is needed where it stands
 * @param first the type of its first argument
 * @returns undefined for functions that are not of this kind
 */
export function genericSignature(name: string, wanted: HclType, first: HclType): Signature | undefined {
  const type = wanted === 'dynamic' ? first : wanted;
  const element = elementOf(wanted) ?? elementOf(first) ?? 'dynamic';
  switch (name) {
    case 'coalesce':
    case 'nonsensitive':
    case 'sensitive':
      return { given: [type], returns: type, of: type, helper: name };
    case 'try':
      return { given: [type], returns: type, of: type, helper: 'attempt' };
    case 'one':
      return single(wanted === 'dynamic' ? (elementOf(first) ?? 'dynamic') : wanted);
    case 'concat':
    case 'tolist':
      return { given: [['list', element]], returns: ['list', element], of: element, helper: name };
    case 'toset':
      return { given: [['list', element]], returns: ['set', element], of: element, helper: name };
    case 'values':
      return { given: [['map', element]], returns: ['list', element], of: element, helper: name };
    case 'merge': {
      const map: HclType = isMap(wanted) ? wanted : ['map', 'dynamic'];
      return { given: [map], returns: map, of: map, helper: name };
    }
    case 'jsondecode':
    case 'yamldecode':
      return { given: ['string'], returns: wanted, of: wanted, helper: name };
    default:
      return undefined;
  }
}

const single = (of: HclType): Signature => ({ given: [['list', of]], returns: of, of, helper: 'one' });

const isMap = (type: HclType): boolean => typeof type !== 'string' && type[0] === 'map';

function elementOf(type: HclType): HclType | undefined {
  const element = elementType(type);
  return element === 'dynamic' ? undefined : element;
}
