import { type JSONSchema, compile } from 'json-schema-to-typescript';

/** A member of an interface: its type in TypeScript, and what its comment says. */
export interface Member {
  readonly type: string;
  readonly optional: boolean;
  readonly comment?: string;
  readonly deprecated?: boolean;
}

/** Prints an interface, with members in the given order. */
export async function printInterface(
  name: string,
  members: Readonly<Record<string, Member>>,
): Promise<string> {
  const entries = Object.entries(members);
  const schema: JSONSchema = {
    type: 'object',
    properties: Object.fromEntries(
      entries.map(([key, { type, comment, deprecated }]) => [
        key,
        { tsType: type, ...(comment && { description: comment }), ...(deprecated && { deprecated }) },
      ]),
    ),
    required: entries.filter(([, { optional }]) => !optional).map(([key]) => key),
    additionalProperties: false,
  };
  return layOut(await compile(schema, name, { bannerComment: '', format: false }));
}

/** Puts short comments on one line and members two spaces in, so that no formatter is needed. */
function layOut(source: string): string {
  const lines = source
    .trim()
    .replaceAll(/\/\*\*\n \* (.*)\n \*\//g, '/** $1 */')
    .split('\n')
    .filter((line) => line !== '');
  return lines
    .map((line, index) => (index === 0 || index === lines.length - 1 ? line : `  ${line}`))
    .join('\n');
}
