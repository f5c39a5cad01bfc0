import { importHcl } from './imported-hcl';

/** A piece of HCL and what becomes of it. */
export interface HclCase {
  readonly name: string;
  readonly hcl: string;
  /** What the blocks generate. */
  readonly json?: object;
  /** Pieces of the TypeScript. */
  readonly code?: readonly string[];
}

/** Imports HCL and looks whether it became what a case says. */
export async function expectCode({ hcl, json, code = [] }: HclCase): Promise<void> {
  const imported = await importHcl({ 'main.tf': hcl });
  expect(imported.problems).toEqual([]);
  expect(imported.mistakes).toEqual([]);
  if (json !== undefined) expect(JSON.parse(JSON.stringify(imported.json))).toEqual(json);
  for (const piece of code) expect(imported.files['main.ts']?.replace(/\s+/g, ' ')).toContain(piece);
}
