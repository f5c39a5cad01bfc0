import { bytes, checkAgainst, imageFault, quoted, soundBut } from '@home/home';
import { type Problem, ProblemsError, isExpression } from '@home/terraform';
import schema from '../web-app.schema.json';
import { stopSecondsOf } from './app-pod';
import { checkPorts } from './check-ports';
import { checkMounts } from './check-mounts';
import { databasesOf } from './databases';
import { checkDevices } from './devices';
import type { GivenProps, Mistake } from './given-props';
import { checkFolders } from './kept-files';
import { checkAccess, checkHost } from './web-address';

/** What spans several values, and so is beyond the schema; and the props that each of them reads. */
const checks: readonly (readonly [
  check: (props: GivenProps) => Iterable<Mistake>,
  ...reads: (keyof GivenProps)[],
])[] = [
  [checkHosts, 'host', 'aliases', 'ports'],
  [checkAccess, 'login', 'public', 'publicPaths'],
  [(props) => checkImage(props), 'image', 'floatingImage'],
  [(props) => checkLimits(props), 'memory', 'memoryLimit', 'cpu', 'cpuLimit'],
  [checkMounts, 'scratch', 'files', 'media', 'config', 'database', 'databases'],
  [checkFolders, 'files', 'media', 'database', 'databases'],
  [checkDatabases, 'database', 'databases'],
  [checkPorts, 'port', 'ports', 'containers'],
  [checkContainers, 'containers'],
  [checkStop, 'containers', 'stopSeconds'],
  [({ devices = [] }) => checkDevices(devices), 'devices'],
  [checkReason, 'ports', 'hostNetwork', 'devices', 'beyondRestricted'],
];

/** The schema of each construct's props. */
const { $defs } = schema;
const schemas = {
  webApp: schema,
  worker: { ...$defs.WorkerProps, title: 'WorkerProps', $defs },
  job: { ...$defs.JobProps, title: 'JobProps', $defs },
  daemon: { ...$defs.DaemonProps, title: 'DaemonProps', $defs },
};

/** How long an object's name may be, where nothing is put behind it: a DNS label, and a CronJob's with a time behind it. */
const longestNames = { webApp: 63, worker: 63, job: 52, daemon: 63 };

/**
 * Demands that the name and the props of an app hold, and tells every mistake in them at once.
 *
 * @param construct what makes something of them
 * @param name the app's
 * @throws ProblemsError
 */
export function demandProps(construct: keyof typeof schemas, name: string, props: GivenProps): void {
  const misnamed = checkName(construct, name, Object(props) as GivenProps);
  const where = typeof name === 'string' ? name : construct;
  const malformed = checkAgainst(schemas[construct], where, props);
  const isSound = soundBut(malformed);
  const sound = checks.filter(([, ...reads]) => isSound(...reads));
  const problems = [
    ...misnamed,
    ...malformed.map(({ what, remedy }) => ({ where, what, remedy })),
    ...sound.flatMap(([check]) => [...check(props)].map((mistake) => ({ where, ...mistake }))),
  ];
  if (problems.length > 0) throw new ProblemsError(problems);
}

/** What Kubernetes and this library put behind a name has to fit a name as well. */
function checkName(
  construct: keyof typeof schemas,
  name: string,
  { database, databases, files, media }: GivenProps,
): Problem[] {
  const further = Object.keys(Object(databases) as object).map((key) => 34 - 1 - key.length);
  const longest = Math.min(
    longestNames[construct],
    files === undefined && media === undefined ? 63 : 52,
    database === undefined ? 63 : 34,
    ...further,
  );
  const isName = typeof name === 'string' && /^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(name);
  if (isName && name.length <= longest) return [];
  const what = `name ${quoted(name)} must be at most ${longest} lower-case letters, digits and dashes, with a letter first and no dash last`;
  return [{ where: isName ? name : construct, what, remedy: 'Call it as its folder is called' }];
}

function* checkHosts({ host, aliases = [], ports = {} }: GivenProps): Generator<Mistake> {
  const all = [
    ...(host === undefined ? [] : [{ prop: 'host', host }]),
    ...aliases.map((alias, index) => ({ prop: `aliases[${index}]`, host: alias })),
    ...Object.entries(ports).flatMap(([name, one]) =>
      one.host === undefined ? [] : [{ prop: `ports.${name}.host`, host: one.host }],
    ),
  ];
  for (const [index, one] of all.entries()) {
    yield* checkHost(one.host, one.prop);
    const other = all.slice(0, index).find((before) => before.host === one.host);
    if (other === undefined) continue;
    const what = `${one.prop} "${one.host}" must be an address of its own, but ${other.prop} is the same`;
    yield { what, remedy: 'Take it out, or write another one' };
  }
}

function* checkImage(
  { image, floatingImage }: Pick<GivenProps, 'image' | 'floatingImage'>,
  at = '',
): Generator<Mistake> {
  if (image === undefined || isExpression(image) || floatingImage !== undefined) return;
  const fault = imageFault(image);
  if (fault !== undefined)
    yield { what: `${at}image "${image}" ${fault}`, remedy: 'Use a tag such as "0.24.4", or a digest' };
}

function* checkLimits(
  given: Pick<GivenProps, 'memory' | 'memoryLimit' | 'cpu' | 'cpuLimit'>,
  at = '',
): Generator<Mistake> {
  for (const [amount, limit] of [
    ['memory', 'memoryLimit'],
    ['cpu', 'cpuLimit'],
  ] as const) {
    const [least = '', most = ''] = [given[amount], given[limit]];
    if (least === '' || most === '' || bytes(most) >= bytes(least)) continue;
    const what = `${at}${limit} "${most}" must not be below ${amount} "${least}"`;
    yield { what, remedy: 'Raise it, or leave it out' };
  }
}

function* checkDatabases(props: GivenProps): Generator<Mistake> {
  const all = databasesOf(props);
  for (const [index, { prop, file, replica, expects }] of all.entries()) {
    const { tables = [], rows = [] } = expects ?? {};
    for (const [place, table] of rows.entries()) {
      if (tables.includes(table)) continue;
      yield {
        what: `${prop}.expects.rows[${place}] "${table}" must be one of tables`,
        remedy: 'Name it there as well',
      };
    }
    const same = all.slice(0, index).find((other) => other.file === file);
    if (same !== undefined)
      yield {
        what: `${prop}.file "${file}" must be a file of its own, but is that of ${same.prop}`,
        remedy: 'Name another one',
      };
    // One container replicates all of them, with one image and one pair of keys.
    if (replica !== all[0]?.replica)
      yield { what: `${prop}.replica must be that of ${all[0]?.prop}`, remedy: 'Write the same for both' };
  }
}

/** The names that the parts of a pod have besides. */
const takenNames = /^(litestream-|init-\d)/;

function* checkContainers({ containers = {} }: GivenProps): Generator<Mistake> {
  for (const [name, container] of Object.entries(containers)) {
    if (takenNames.test(name))
      yield {
        what: `containers.${name} must have another name: those of Litestream and of init commands begin so`,
        remedy: 'Call it by what it is, such as "redis"',
      };
    yield* checkImage(container, `containers.${name}.`);
    yield* checkLimits(container, `containers.${name}.`);
  }
}

const longestStop = 30;

function* checkStop(props: GivenProps): Generator<Mistake> {
  const seconds = stopSecondsOf(props);
  if (seconds <= longestStop) return;
  const what = `stopSeconds of the app and its containers must be at most ${longestStop} together, but are ${seconds}: they end one after the other`;
  yield { what, remedy: 'Lower those of containers that end quickly' };
}

function* checkReason(props: GivenProps): Generator<Mistake> {
  const { ports = {}, hostNetwork = false, devices = [], beyondRestricted } = props;
  const asked = [
    ...(hostNetwork ? ['hostNetwork'] : []),
    ...(devices.length > 0 ? ['devices'] : []),
    ...Object.entries(ports).flatMap(([name, { hostPort }]) =>
      hostPort === undefined ? [] : [`ports.${name}.hostPort`],
    ),
  ];
  if (asked.length > 0 === (beyondRestricted !== undefined)) return;
  if (beyondRestricted !== undefined)
    yield {
      what: 'beyondRestricted must stand beside hostNetwork, devices or a hostPort, but none is there',
      remedy: 'Take it out',
    };
  else
    yield {
      what: `beyondRestricted must be there beside ${asked.join(', ')}`,
      remedy: 'Say why its namespace has to grant that',
    };
}
