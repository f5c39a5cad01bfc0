import { cpus, totalmem } from 'node:os';
import { resolve } from 'node:path';
import { type Given, runCommand } from '@home/command';
import { addApps, emptyHome, largeHomeUnderNx } from './large-home';
import { life } from './life';
import { type Figure, formatFigures, measureInTurns } from './measure';
import { runNx } from './nx';
import { peerFigures } from './peers/peers';
import { referenceHome } from './reference-home';
import { scratchFolder } from './scratch-home';
import { inOneProcess, valuesToFiles } from './values-to-files';

const workspace = resolve(__dirname, '../../..');

const usage = {
  command: 'npm run benchmark',
  help: `npm run benchmark [-- --peers] [--against COMMIT]

Measures how long homes take, each figure beside its floor: this home, a home of
1,000 apps from values to files and under Nx, and what the commands add to
Terraform's own time. Figures are medians of runs in turns.
  --peers     renders the same apps with CDKTF, cdktn and cdk8s, which it
              installs into a scratch folder
  --against   generates this home with a former commit beside it`,
  options: {
    peers: { type: 'boolean', default: false },
    against: { type: 'string', default: '' },
  },
} as const;

// Their folders go at the very end: for some minutes ext4 passes over what was deleted whenever a file is made, and takes
// four times as long.
async function main({ values: { peers, against } }: Given<typeof usage.options>): Promise<number> {
  console.log(`${machine()}\n`);
  const homes = [scratchFolder(), scratchFolder()] as const;
  await underNx(homes, 'This home', await referenceHome(...homes, workspace, against));

  const [folder, large, count] = [scratchFolder(), [emptyHome(), emptyHome()] as const, 1000];
  const ours = await valuesToFiles(emptyHome(), folder, count);
  const others = peers ? await peerFigures(folder, 'written', count, inOneProcess.floor) : [];
  for (const root of large) addApps(root, count);
  await underNx(large, `${count.toLocaleString('en')} apps`, [
    ...ours,
    ...others,
    ...largeHomeUnderNx(...large),
  ]);

  await life(scratchFolder(), (figures) => print('Terraform', figures));
  return 0;
}

async function underNx(roots: readonly string[], title: string, figures: readonly Figure[]): Promise<void> {
  try {
    await print(title, figures);
  } finally {
    for (const root of roots) await runNx(root, 'daemon', '--stop');
  }
}

async function print(title: string, figures: readonly Figure[]): Promise<void> {
  console.log(`${formatFigures(title, await measureInTurns(figures, rounds))}\n`);
}

const rounds = 3;

function machine(): string {
  const [{ model = 'an unknown processor' } = {}] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const day = new Date().toISOString().slice(0, 10);
  return `${day}, ${cpus().length} × ${model.trim()}, ${memory} GB, Node ${process.versions.node}, medians of ${rounds}`;
}

runCommand(usage, main);
