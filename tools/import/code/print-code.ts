import { type Code, type Definition, type Member, type Parameter, children, definitionsIn } from './code';
import { isReserved } from './names';
import { importsIn } from './workload-code';

/** How the file that is being printed names what lies outside the piece of code. */
export interface Naming {
  nameOf(definition: Definition): string;
  /** The name of something imported, which the file then imports. */
  imported(from: string, name: string): string;
  /** The name of a function's parameter, where it is not its own. */
  nameOfParameter?(parameter: Parameter): string | undefined;
}

/** Prints a piece of TypeScript, correct but not yet pretty. */
export function printCode(code: Code, naming: Naming): string {
  const print = (one: Code): string => printCode(one, naming);
  switch (code.kind) {
    case 'literal':
      return printLiteral(code.value);
    case 'list':
      return `[${code.items.map(print).join(', ')}]`;
    case 'object':
      return printObject(code.members, print);
    case 'use':
      return naming.nameOf(code.of);
    case 'imported':
      return naming.imported(code.from, code.name);
    case 'path':
      return print(code.of) + code.steps.map(printStep).join('');
    case 'present':
      return `${print(code.of)}!`;
    case 'call': {
      const type = code.type === undefined ? '' : `<${code.type}>`;
      return `${print(code.callee)}${type}(${code.given.map(print).join(', ')})`;
    }
    case 'template': {
      const parts = code.parts.map((part) =>
        typeof part === 'string' ? escapeTemplate(part) : `\${${print(part)}}`,
      );
      return `${naming.imported('@home/terraform', 'tf')}\`${parts.join('')}\``;
    }
    case 'function':
      return printFunction(code, naming);
    case 'argument':
      return naming.nameOfParameter?.(code.of) ?? code.of.name;
  }
}

/** A parameter that nothing reads is left out, and one that would hide what the function reads is called otherwise. */
function printFunction({ parameter, result }: FunctionCode, naming: Naming): string {
  const read = [...definitionsIn(result)].map((definition) => naming.nameOf(definition));
  const taken = new Set([...read, ...importsIn(result).map(({ name }) => name)]);
  const isFree = !isReserved(parameter.name) && !taken.has(parameter.name);
  const name = isFree ? parameter.name : `${parameter.name}Item`;
  const inner: Naming = {
    ...naming,
    nameOfParameter: (one) => (one === parameter ? name : naming.nameOfParameter?.(one)),
  };
  return `(${reads(result, parameter) ? name : ''}) => (${printCode(result, inner)})`;
}

const reads = (code: Code, parameter: Parameter): boolean =>
  (code.kind === 'argument' && code.of === parameter) ||
  children(code).some((child) => reads(child, parameter));

type FunctionCode = Extract<Code, { readonly kind: 'function' }>;

/** A text of several lines reads best as lines; anything else as a quoted string. */
function printLiteral(value: string | number | boolean | null): string {
  if (typeof value !== 'string') return Object.is(value, -0) ? '-0' : String(value);
  const lines = value.trimEnd().split('\n');
  return lines.length > 2 && isPrintable(value) ? `\`${escapeTemplate(value)}\`` : quote(value);
}

/** Whether a template shows every character as it is. */
const isPrintable = (text: string): boolean =>
  !/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff]/.test(text) && text.isWellFormed();

/** JSON's escapes are JavaScript's; two kinds of line break are legal in both and invisible in editors. */
function quote(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, escapeCharacter);
}

const escapeCharacter = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** A template's text, as `tf` receives it: after JavaScript's escapes. */
function escapeTemplate(text: string): string {
  return text.replace(
    /[\\`]|\$(?=\{)|\r|[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff]|[\ud800-\udfff]/gu,
    (character) => ('\\`$'.includes(character) ? `\\${character}` : escapeCharacter(character)),
  );
}

function printObject(members: readonly Member[], print: (code: Code) => string): string {
  const printed = members.map((member) => {
    if ('spread' in member) return `...${print(member.spread)},`;
    const value = print(member.value);
    const comment = member.comment === undefined ? '' : `// ${member.comment}\n`;
    const shorthand = value === member.key && isIdentifier(member.key);
    return `${comment}${shorthand ? value : `${printKey(member.key)}: ${value}`},`;
  });
  // Prettier keeps an object on several lines when it starts with a line break; a larger one is easier to read so.
  const nested = members.some((member) => 'value' in member && member.value.kind === 'object');
  const isLarge =
    (nested && printed.join(' ').length > 60) || printed.some((member) => member.startsWith('//'));
  return `{${isLarge ? '\n' : ' '}${printed.join('\n')} }`;
}

/** `__proto__` as a plain key would set the prototype. */
function printKey(key: string): string {
  if (key === '__proto__') return '["__proto__"]';
  return isIdentifier(key) ? key : quote(key);
}

const printStep = (step: string | number): string => {
  if (typeof step === 'number') return `[${step}]`;
  return isIdentifier(step) ? `.${step}` : `[${quote(step)}]`;
};

/** Whether a text can stand for a name or a key without quotes. */
export const isIdentifier = (text: string): boolean => /^[A-Za-z_$][\w$]*$/.test(text);
