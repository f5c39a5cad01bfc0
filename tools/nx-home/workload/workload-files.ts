import type { WebAppProps } from '@home/kubernetes';
import { workloadPlace } from '@tools/nx-home';
import { type Import } from '@tools/nx-home/describe';
import { type Wanted, writeRecipe } from '@tools/recipes';

/** A web app that is to be made. */
export interface NewWorkload {
  readonly name: string;
  readonly stack: string;
  readonly image: string;
  readonly port: number;
  /** The first part of its address. */
  readonly host: string;
  readonly memory: string;
  /** The path of its SQLite file in the container. */
  readonly database?: string;
  /** The folders whose files it keeps on the NAS' share. */
  readonly files: readonly string[];
  /** The folders that it writes into besides, and that end with its pod. */
  readonly scratch: readonly string[];
  /** Its further ports, by their names. */
  readonly ports: NonNullable<WebAppProps['ports']>;
  /** Whether people log in before they reach it; false says that it is open on purpose. */
  readonly login?: boolean;
}

/** A workload that is to be made of a recipe. */
export interface Recipe extends Pick<NewWorkload, 'name' | 'stack' | 'login'> {
  /** The name of the recipe. */
  readonly recipe: string;
}

export const isRecipe = (workload: NewWorkload | Recipe): workload is Recipe => 'recipe' in workload;

/** What a workload imports from others of the home. */
export type Imported = Readonly<Partial<Record<Wanted, Import>>>;

/** The files of a new workload: path in the workspace → text, not yet formatted. */
export function workloadFiles(workload: NewWorkload | Recipe, imported: Imported): Map<string, string> {
  const { where, file } = workloadPlace(workload.stack, workload.name);
  if (isRecipe(workload)) return new Map([[file, madeOf(workload, imported)]]);
  return new Map([
    [file, mainOf(workload, imported)],
    [`${where}/main.spec.ts`, testOf(workload)],
  ]);
}

/** The text of a recipe as it becomes a workload. */
export const madeOf = ({ recipe, name, login }: Recipe, imported: Imported): string =>
  writeRecipe(recipe, name, imported, accessOf(login));

/** The prop that says who may reach an app; none where nobody said. */
export const accessProps = (login?: boolean): Pick<WebAppProps, 'login' | 'public'> =>
  login === undefined ? {} : login === false ? { public: true } : { login };

const accessOf = (login?: boolean): string =>
  Object.keys(accessProps(login))
    .map((prop) => `${prop}: true,`)
    .join('');

const quoted = (text: string): string => JSON.stringify(text);

const importOf = ({ name, from }: Import): string => `import { ${name} } from ${quoted(from)};\n`;

function mainOf(
  { name, image, port, host, memory, files, scratch, ports, login, database: file }: NewWorkload,
  { apps, replica }: Imported,
): string {
  const database = file !== undefined && replica !== undefined ? { file, replica } : undefined;
  return `import { webApp } from '@home/kubernetes';
${apps === undefined ? '' : importOf(apps)}${database === undefined ? '' : importOf(database.replica)}
export default webApp(${quoted(name)}, {
  namespace: ${apps?.name},
  image: ${quoted(image)},
  port: ${port},
  ${Object.keys(ports).length === 0 ? '' : `ports: ${JSON.stringify(ports)},`}
  host: ${quoted(host)},
  ${accessOf(login)}
  memory: ${quoted(memory)},
  ${files.length === 0 ? '' : keptOf(name, files)}
  // It can write nowhere else, and what lies there ends with its pod.
  scratch: ${JSON.stringify(scratch)},
  dashboard: { title: ${quoted(titleOf(name))} },
  ${database === undefined ? '' : databaseOf(name, database.file, database.replica.name)}
});
`;
}

const keptOf = (name: string, files: readonly string[]): string =>
  `// Their folders have to be made on the share: docs/chores/keep-files.md
  files: ${JSON.stringify(filesOnShare(name, files))},`;

/** Where its folders lie on the share: `newcomer`, or `newcomer/data-pictures` when there are several. */
export function filesOnShare(name: string, files: readonly string[]): Record<string, string> {
  const folderOf = (path: string) =>
    files.length === 1 ? name : `${name}/${path.slice(1).replaceAll('/', '-')}`;
  return Object.fromEntries(files.map((path) => [path, folderOf(path)]));
}

function databaseOf(name: string, file: string, replica: string): string {
  return `database: {
    file: ${quoted(file)},
    replica${replica === 'replica' ? '' : `: ${replica}`},
    // It may start empty, this once. Take the line out when the app has run: from then on a missing replica stops it.
    first: 'new',
    verify: ${quoted(verifySchedule(name))},
  },`;
}

function testOf({ name, stack, port, host, database, files }: NewWorkload): string {
  const kind =
    database === undefined && files.length === 0 ? 'kubernetes_deployment_v1' : 'kubernetes_stateful_set_v1';
  const imports = [
    ...(database === undefined ? [] : ['generatedReplicas']),
    'many',
    'one',
    'readGeneratedStack',
  ];
  return `import { ${imports.join(', ')} } from '@home/generated';
import { home } from '@home/home';

const stack = readGeneratedStack(${quoted(stack)});
const bodiesOf = (type: string) =>
  stack.filter((block) => block.workload === ${quoted(name)} && block.type === type).map(({ body }) => body);

test(${quoted(`${name} is reached by its name`)}, () => {
  const [ingress] = bodiesOf('kubernetes_ingress_v1');
  const rules = many(one(ingress?.['spec'])['rule']);
  expect(rules.map(({ host }) => host)).toEqual([\`${host}.\${home.domain}\`]);
});

test(${quoted(`${name} is asked on the port that it listens on`)}, () => {
  const [service] = bodiesOf('kubernetes_service_v1');
  const [app] = bodiesOf(${quoted(kind)});
  const pod = one(one(one(app?.['spec'])['template'])['spec']);
  const [port] = many(one(pod['container'])['port']);
  expect(port?.['container_port']).toBe(${port});
  expect(one(one(service?.['spec'])['port'])['target_port']).toBe(port?.['name']);
});
${database === undefined ? '' : replicaTestOf(name, database)}`;
}

function replicaTestOf(name: string, file: string): string {
  return `
test(${quoted(`${name} keeps its data in a replica of its own`)}, () => {
  const replicas = generatedReplicas(stack).filter(({ workload }) => workload === ${quoted(name)});
  expect(replicas).toMatchObject([{ file: ${quoted(file)}, path: ${quoted(name)} }]);
});
`;
}

/** `memos-notes` → `Memos notes` */
const titleOf = (name: string): string => {
  const words = name.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** When its replica is verified: on Saturdays, each app at a minute of its own, as its name has it. */
export function verifySchedule(name: string): string {
  const minute = [...name].reduce((sum, character) => sum + character.charCodeAt(0), 0) % 60;
  return `${minute} 3 * * 6`;
}
