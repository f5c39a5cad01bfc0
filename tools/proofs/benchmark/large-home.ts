import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commitAll, copyDescription } from '../rehearse/house/copy-home';
import { appNames, scratchFolder } from './scratch-home';

const workspace = join(__dirname, '../../..');

/**
 * Makes a copy of this workspace whose stack `workloads` holds nothing but many apps with databases.
 *
 * @returns its folder, a scratch folder
 */
export function largeHome(apps: number): string {
  const root = scratchFolder();
  copyDescription(workspace, root);
  symlinkSync(join(workspace, 'node_modules'), join(root, 'node_modules'));
  for (const folder of ['terraform', 'apps/integrations']) rmSync(join(root, folder), { recursive: true });
  for (const entry of readdirSync(join(root, 'apps/workloads'), { withFileTypes: true })) {
    if (entry.isDirectory()) rmSync(join(root, 'apps/workloads', entry.name), { recursive: true });
  }
  for (const name of appNames(apps)) {
    mkdirSync(join(root, 'apps/workloads', name));
    writeFileSync(join(root, 'apps/workloads', name, 'main.ts'), source(name));
  }
  enlargeNode(join(root, 'libs/home/facts.ts'));
  commitAll(root);
  return root;
}

function source(name: string): string {
  return `// One of many.
import { webApp } from '@home/kubernetes';
import { apps } from '@home/platform/namespaces';
import { replica } from '@home/platform/replication';

export default webApp('${name}', {
  namespace: apps,
  image: 'ghcr.io/usememos/memos:0.24.4',
  port: 5230,
  host: '${name}',
  memory: '64Mi',
  env: { MEMOS_DATA: '/var/opt/memos' },
  dashboard: { title: '${name}' },
  database: { file: '/var/opt/memos/memos_prod.db', replica, verify: '0 3 * * 6' },
});
`;
}

/** So that the rule about memory holds for many apps too. */
function enlargeNode(facts: string): void {
  const text = readFileSync(facts, 'utf8');
  writeFileSync(facts, text.replace(/memoryForPods: '[^']+'/g, "memoryForPods: '1000Gi'"));
}
