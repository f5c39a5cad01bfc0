import { bytes, checkAgainst, quoted, soundBut } from '@home/home';
import type { Problem } from '@home/terraform';
import type { WebAppProps } from '../generated/web-app';
import schema from '../web-app.schema.json';
import { checkMounts } from './check-mounts';
import { checkFolders } from './kept-files';
import { checkHost } from './web-address';

/** What a prop must hold, and what to do when it does not. */
type Mistake = Omit<Problem, 'where'>;

/** What spans several values, and so is beyond the schema; and the props that each of them reads. */
const checks: readonly (readonly [
  check: (props: WebAppProps) => Iterable<Mistake>,
  ...reads: (keyof WebAppProps)[],
])[] = [
  [({ host }) => checkHost(host), 'host'],
  [checkLimit, 'memory', 'memoryLimit'],
  [checkMounts, 'scratch', 'files', 'config', 'database'],
  [({ files = {}, database }) => checkFolders(files, database?.file), 'files', 'database'],
  [checkRows, 'database'],
];

/**
 * Every mistake in the name and the props of a web app at once.
 *
 * @param where the app's name
 */
export function checkProps(where: string, props: WebAppProps): Problem[] {
  const misnamed = checkName(where, Object(props) as WebAppProps);
  const malformed = checkAgainst(schema, where, props);
  const isSound = soundBut(malformed);
  const sound = checks.filter(([, ...reads]) => isSound(...reads));
  return [
    ...misnamed,
    ...malformed.map(({ what, remedy }) => ({ where, what, remedy })),
    ...sound.flatMap(([check]) => [...check(props)].map((mistake) => ({ where, ...mistake }))),
  ];
}

/** What Kubernetes and this library put behind a name has to fit a name as well. */
function checkName(name: string, { database, files }: WebAppProps): Problem[] {
  const longest = database === undefined ? (files === undefined ? 63 : 52) : 34;
  const isName = typeof name === 'string' && /^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(name);
  if (isName && name.length <= longest) return [];
  const what = `name ${quoted(name)} must be at most ${longest} lower-case letters, digits and dashes, with a letter first and no dash last`;
  return [{ where: isName ? name : 'webApp', what, remedy: 'Call it as its folder is called' }];
}

function* checkLimit({ memory, memoryLimit }: WebAppProps): Generator<Mistake> {
  if (memoryLimit === undefined || bytes(memoryLimit) >= bytes(memory)) return;
  const what = `memoryLimit "${memoryLimit}" must not be below memory "${memory}"`;
  yield { what, remedy: 'Raise it, or leave it out' };
}

function* checkRows({ database }: WebAppProps): Generator<Mistake> {
  const { tables = [], rows = [] } = database?.expects ?? {};
  for (const [index, table] of rows.entries()) {
    if (tables.includes(table)) continue;
    const what = `database.expects.rows[${index}] "${table}" must be one of tables`;
    yield { what, remedy: 'Name it there as well' };
  }
}
