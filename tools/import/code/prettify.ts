import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as estree from 'prettier/plugins/estree';
import * as typescript from 'prettier/plugins/typescript';
import { format } from 'prettier/standalone';

const configuration: object = JSON.parse(readFileSync(join(__dirname, '../../../.prettierrc.json'), 'utf8'));

/** Formats TypeScript as the repository wants it. */
export const prettify = (source: string): Promise<string> =>
  format(source, { ...configuration, parser: 'typescript', plugins: [estree, typescript] });
