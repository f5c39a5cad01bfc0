import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { providers } from '@home/providers';
import { ProblemsError, formatProblems } from '@home/terraform';
import { type Synced, sync } from './sync';

const generated = join(__dirname, '../../libs/providers/generated');

/** `--from FILE FILE …` or `--from FILE --from DIR`; without it Terraform prints the schemas. */
async function main(given: string[]): Promise<void> {
  const { positionals, values } = parseArgs({
    args: given,
    allowPositionals: true,
    options: { from: { type: 'string', multiple: true, default: [] } },
  });
  console.log(report(await sync(providers, [...values.from, ...positionals], generated)));
}

function report({ changes, kept, written }: Synced): string {
  const different = Object.entries(changes).filter(([, lines]) => lines.length > 0);
  return [
    ...different.flatMap(([provider, lines]) => [`${provider}:`, ...lines.map((line) => `  ${line}`)]),
    ...kept.map((provider) => `${provider}: recorded nowhere here, so its committed schema is kept`),
    written.length === 0
      ? 'libs/providers/generated is up to date'
      : `written to libs/providers/generated: ${written.join(', ')}`,
  ].join('\n');
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.exitCode = 1;
  const isUsage =
    error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  if (isUsage) {
    const remedy = 'Use npm run sync-schemas, or npm run sync-schemas -- --from FILE';
    console.error(formatProblems([{ where: 'npm run sync-schemas', what: error.message, remedy }]));
  } else if (error instanceof ProblemsError) console.error(formatProblems(error.problems));
  else throw error;
});
