import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Formats a text as the repository wants it. Prettier is loaded by the few that write code.
 *
 * @param source TypeScript, JSON or Markdown
 * @param name the file's, which says what of these it is
 */
export async function prettify(source: string, name = 'main.ts'): Promise<string> {
  const [{ format }, ...plugins] = await Promise.all([
    import('prettier/standalone'),
    import('prettier/plugins/estree'),
    import('prettier/plugins/typescript'),
    import('prettier/plugins/babel'),
    import('prettier/plugins/markdown'),
  ]);
  const configuration: object = JSON.parse(readFileSync(join(__dirname, '../../.prettierrc.json'), 'utf8'));
  return format(source, { ...configuration, filepath: name, plugins });
}
