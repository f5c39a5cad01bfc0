import { join } from 'node:path';
import { type Given, runCommand } from '@home/command';
import { providers } from '@home/providers';
import { writeFiles } from '@home/terraform';
import { type Synced, sync } from './sync';
import { writtenTypes } from './written-types';

const workspace = join(__dirname, '../..');
const generated = join(workspace, 'libs/providers/generated');

const usage = {
  command: 'npm run sync-schemas',
  help: `npm run sync-schemas [-- --from FILE …]

Writes libs/providers/generated again from libs/providers/manifest.ts and the
schemas that Terraform prints, or that lie in the given files or folders, and
says what disappeared or changed its type. Before that, and without Terraform,
it writes the types of the schemas that people wrote, such as
libs/home/facts.schema.json.`,
  options: { from: { type: 'string', multiple: true } },
  positionals: Infinity,
} as const;

async function main({ values, positionals }: Given<typeof usage.options>): Promise<number> {
  const types = writeFiles(workspace, await writtenTypes(workspace));
  if (types.length > 0) console.log(`written: ${types.join(', ')}`);
  console.log(report(await sync(providers, [...(values.from ?? []), ...positionals], generated)));
  return 0;
}

function report({ changes, kept, written }: Synced): string {
  const different = Object.entries(changes).filter(([, lines]) => lines.length > 0);
  return [
    ...different.flatMap(([provider, lines]) => [`${provider}:`, ...lines.map((line) => `  ${line}`)]),
    ...kept.map((provider) => `${provider}: no schema was found here, so the committed one is kept`),
    written.length === 0
      ? 'libs/providers/generated is up to date'
      : `written to libs/providers/generated: ${written.join(', ')}`,
  ].join('\n');
}

runCommand(usage, main);
