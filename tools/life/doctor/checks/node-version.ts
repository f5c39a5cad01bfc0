import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isOlder } from '../compare-versions';
import { type Finding, type Patient } from '../finding';

/**
 * Compares Node with what package.json demands and with what mise.toml gets, which is what the home is tested with. A
 * newer one is fine.
 */
export function nodeVersion({ root }: Patient, version: string): Finding {
  const { engines }: { engines: { node: string } } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  const least = engines.node.replace(/^>=/, '');
  const pinned = /^node = "(.+)"$/m.exec(readFileSync(join(root, 'mise.toml'), 'utf8'))?.[1] ?? least;
  const remedy = `\`mise install\` gets the one that belongs to this home, ${pinned}`;
  if (isOlder(version, least)) {
    return { what: 'node', state: 'broken', detail: `${version} is older than ${least}`, remedy };
  }
  if (isOlder(version, pinned)) return { what: 'node', state: 'due', detail: version, remedy };
  return { what: 'node', state: 'fine', detail: version };
}
