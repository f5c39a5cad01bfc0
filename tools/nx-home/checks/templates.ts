import { type Json, type Step, type TfJson, formatPath, isPlainObject } from '@home/terraform';

/** A text that Terraform evaluates, and where it stands. */
export interface Template {
  readonly path: string;
  readonly text: string;
}

/** Blocks in which Terraform evaluates nothing, or addresses only. */
const literalBlocks: readonly string[] = ['//', 'terraform', 'variable', 'moved', 'removed'];

/** `${type.label.attribute[0]}`: a plain reference, as nearly all templates are. */
const plainReference = /^\$\{((?:[A-Za-z_][\w-]*)(?:\.[A-Za-z_][\w-]*|\[\d+\])*)\}$/;

/** The texts in a file that hold `${…}` or `%{…}`, object keys included. */
export function templatesIn(json: TfJson): Template[] {
  return Object.entries(json)
    .filter(([kind]) => !literalBlocks.includes(kind))
    .flatMap(([kind, blocks]) => collect(blocks, [kind]));
}

/** What a template that is nothing but a reference points at; undefined for every other one. */
export const plainTarget = (text: string): string | undefined => plainReference.exec(text)?.[1];

/** A template as HCL that means the same; unlike a quoted string, a heredoc takes it as it is. */
export function asHeredoc(text: string): string {
  return `<<${marker}\n${text}\n${marker}\n`;
}

const marker = 'END_OF_TEMPLATE';

function collect(value: Json, path: readonly Step[]): Template[] {
  if (typeof value === 'string') return isTemplate(value) ? [{ path: formatPath(path), text: value }] : [];
  if (Array.isArray(value)) return value.flatMap((item: Json, index) => collect(item, [...path, index]));
  if (!isPlainObject(value)) return [];
  return Object.entries(value).flatMap(([key, member]) => [
    ...(isTemplate(key) ? [{ path: formatPath(path), text: key }] : []),
    ...collect(member as Json, [...path, key]),
  ]);
}

const isTemplate = (text: string): boolean => text.includes('${') || text.includes('%{');
