import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Fields, fieldsOf, itemsOf, listOf } from '../kubernetes/fields';
import { textIn } from '../source/read-source';
import type { Path } from '../source/read-yaml';
import type { ComposeService } from './read-compose';

/** What a service mounts, as Kubernetes wants it. */
export interface ServiceVolumes {
  readonly volumes: readonly Fields[];
  readonly mounts: readonly Fields[];
  /** Texts that become ConfigMaps: the ConfigMap's name → file name → text. */
  readonly configs: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

interface Mount {
  readonly type: string;
  readonly source: string;
  readonly target: string;
  readonly path: Path;
}

/** Files that nobody should find in a repository. */
const secretFile = /pass(word|wd)|secret|token|credential|\.(key|pem|p12|pfx|env)$/i;

/** A ConfigMap holds this much at most. */
const largest = 900_000;

/**
 * Files and folders of texts that lie beside the compose file come along as configuration. Volumes with data do not:
 * the home keeps databases by replicating them, and has no other storage.
 */
export function serviceVolumes(service: ComposeService, name: string): ServiceVolumes {
  const volumes: Fields[] = [];
  const mounts: Fields[] = [];
  const configs = new Map<string, Record<string, string>>();
  for (const mount of [...readMounts(service), ...readTmpfs(service)]) {
    const number = volumes.length + 1;
    const { target: mountPath } = mount;
    if (mount.type === 'tmpfs') {
      volumes.push({ name: `memory-${number}`, emptyDir: { medium: 'Memory' } });
      mounts.push({ name: `memory-${number}`, mountPath });
      continue;
    }
    const from = join(dirname(service.file), mount.source);
    if (mount.type === 'bind' && secretFile.test(mount.source)) {
      service.lose(
        mount.path,
        `${mount.source} looks secret and stays behind`,
        'Mount a Secret made of a variable',
      );
      continue;
    }
    const texts = mount.type === 'bind' && existsSync(from) ? readTexts(from) : undefined;
    if (texts === undefined) {
      const remedy =
        'Describe an SQLite database as database: { file, replica, … }, and other data as files: { … }, by hand';
      service.lose(mount.path, `what is written to ${mountPath} ends with the pod`, remedy);
      continue;
    }
    const config = `${name}-config${configs.size === 0 ? '' : `-${configs.size + 1}`}`;
    configs.set(config, texts);
    volumes.push({ name: config, configMap: { name: config } });
    const subPath = statSync(from).isDirectory() ? {} : { subPath: basename(from) };
    mounts.push({ name: config, mountPath, ...subPath, readOnly: true });
  }
  return { volumes, mounts, configs };
}

/** `./nginx.conf:/etc/nginx/nginx.conf:ro`, `data:/var/lib/data`, `/cache`, or the long form. */
function readMounts({ fields }: ComposeService): Mount[] {
  return itemsOf(fields['volumes']).map((item, index) => {
    const path = ['volumes', index];
    const { type, source = '', target } = fieldsOf(item);
    if (target !== undefined)
      return { type: String(type ?? 'volume'), source: String(source), target: String(target), path };
    const [first = '', second] = String(item).split(':');
    if (second === undefined) return { type: 'volume', source: '', target: first, path };
    return { type: /^[./~]/.test(first) ? 'bind' : 'volume', source: first, target: second, path };
  });
}

function readTmpfs({ fields }: ComposeService): Mount[] {
  return listOf(fields['tmpfs']).map((target) => ({
    type: 'tmpfs',
    source: '',
    target: String(target).split(':')[0] ?? '',
    path: ['tmpfs'],
  }));
}

/** The texts of a file, or of a folder that holds nothing but texts; undefined for anything else. */
function readTexts(path: string): Record<string, string> | undefined {
  const isFolder = statSync(path).isDirectory();
  const entries = isFolder ? readdirSync(path, { withFileTypes: true }) : [];
  if (isFolder && (entries.length === 0 || entries.some((entry) => !entry.isFile()))) return undefined;
  const files = isFolder ? entries.map(({ name }) => join(path, name)) : [path];
  if (files.some((file) => !statSync(file).isFile() || statSync(file).size > largest)) return undefined;
  const texts = files.map((file) => [basename(file), textIn(readFileSync(file)) ?? '\0'] as const);
  const length = texts.reduce((sum, [, text]) => sum + text.length, 0);
  const areTexts = texts.every(([name, text]) => !text.includes('\0') && /^[\w.-]+$/.test(name));
  return areTexts && length <= largest ? Object.fromEntries(texts) : undefined;
}
