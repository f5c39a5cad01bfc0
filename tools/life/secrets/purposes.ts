import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { usedPurposes } from '@home/home';

/** The purposes of secrets in the home: every workload is loaded, and libs/home notes what it is asked for. */
export function loadPurposes(workspace: string): string[] {
  const require = createRequire(join(workspace, 'package.json'));
  const apps = join(workspace, 'apps');
  for (const stack of foldersIn(apps)) {
    for (const workload of foldersIn(join(apps, stack))) {
      const file = join(apps, stack, workload, 'main.ts');
      if (existsSync(file)) require(file);
    }
  }
  return usedPurposes();
}

const foldersIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

/** The purposes of secrets as lines, each with how often it was rotated; followed by an empty one. */
export function printPurposes(
  purposes: readonly string[],
  rotations: Readonly<Record<string, number>>,
): string[] {
  const lines = purposes.map((purpose) => `  ${purpose}: rotation ${rotations[purpose] ?? 1}`);
  return ['Secrets that no state holds; `npm run secrets -- rotate PURPOSE` replaces one:', ...lines, ''];
}
