import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What an example home is besides its facts, which lie in libs/home/examples. */
interface ExampleHome {
  /** The only workloads that it has, by their stack. What this checkout lacks it lacks, too. */
  readonly keeps: Readonly<Record<string, readonly string[]>>;
  /** Workloads of its own: path → text. */
  readonly own?: Readonly<Record<string, string>>;
}

/** The apps of the reference home: what else a checkout has may need what an example home lacks. */
const reference = {
  platform: ['namespaces', 'ingress', 'dns', 'replication'],
  workloads: ['briefly', 'devtools', 'gotify', 'memos-notes', 'nocodb', 'wallabag'],
  integrations: ['dashboard', 'logs', 'notifications'],
};

const homes = {
  'one-machine': { keeps: reference },
  'two-machines': {
    keeps: { platform: reference.platform, workloads: ['memos-notes', 'devtools'] },
    own: {
      'apps/workloads/kavita/main.ts': `// Kavita, a library of books. https://github.com/Kareadita/Kavita
import { webApp } from '@home/kubernetes';
import { apps } from '@home/platform/namespaces';
import { replica } from '@home/platform/replication';

export default webApp('kavita', {
  namespace: apps,
  image: 'jvmilazz0/kavita:0.8.7',
  port: 5000,
  host: 'books',
  memory: '300Mi',
  login: true,
  // Readers show no login form; the path itself holds each one's key.
  publicPaths: ['/api/opds'],
  scratch: ['/tmp'],
  files: { '/books': 'books' },
  dashboard: { title: 'Books' },
  database: { file: '/kavita/config/kavita.db', replica, verify: '15 4 * * 0', first: 'new' },
});
`,
    },
  },
  'five-machines': { keeps: reference },
} satisfies Readonly<Record<string, ExampleHome>>;

/** A home that is not the one of this checkout. */
export type HomeName = keyof typeof homes;

export const homeNames = Object.keys(homes) as HomeName[];

/** Turns a copy of a workspace into another home. What is generated there is of the former home until it is generated anew. */
export function becomeHome(root: string, name: HomeName): void {
  writeFacts(root, name);
  const { keeps, own = {} }: ExampleHome = homes[name];
  keepOnly(root, keeps);
  for (const [file, text] of Object.entries(own)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
}

/** Gives a workspace the facts of an example home. */
export function writeFacts(root: string, name: HomeName): void {
  const text = readFileSync(join(__dirname, `../home/examples/${name}.ts`), 'utf8');
  writeFileSync(
    join(root, 'libs/home/facts.ts'),
    text.replace("'../generated/facts'", "'./generated/facts'"),
  );
}

/** Removes all other workloads; a stack that none is left of goes with what was generated for it. */
function keepOnly(root: string, keeps: Readonly<Record<string, readonly string[]>>): void {
  const remove = (path: string) => rmSync(join(root, path), { recursive: true, force: true });
  for (const stack of foldersIn(join(root, 'apps'))) {
    const kept = keeps[stack] ?? [];
    for (const workload of foldersIn(join(root, 'apps', stack))) {
      if (!kept.includes(workload)) remove(`apps/${stack}/${workload}`);
    }
    if (kept.length === 0) for (const folder of ['apps', 'terraform']) remove(`${folder}/${stack}`);
  }
}

const foldersIn = (path: string): string[] =>
  existsSync(path)
    ? readdirSync(path, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
    : [];
