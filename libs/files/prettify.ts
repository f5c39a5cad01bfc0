import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Formats TypeScript as the repository wants it. Prettier is loaded by the few that write code. */
export async function prettify(source: string): Promise<string> {
  const [{ format }, estree, typescript] = await Promise.all([
    import('prettier/standalone'),
    import('prettier/plugins/estree'),
    import('prettier/plugins/typescript'),
  ]);
  const configuration: object = JSON.parse(readFileSync(join(__dirname, '../../.prettierrc.json'), 'utf8'));
  return format(source, { ...configuration, parser: 'typescript', plugins: [estree, typescript] });
}
