import {
  type ScheduleReader,
  bytes,
  imageFault,
  isTimezone,
  longestGraceSeconds,
  memoryFault,
  normalizedFolder,
  scheduleFault,
  secondsOf,
} from '@home/home';
import { type Body, type OwnedBlock, type Problem, type Rule, isExpression } from '@home/terraform';
import { floatingImageAnnotation, writableRootAnnotation } from '../app/container';
import { blocksAt, isOpen, knownBody, nestedBlock, nestedBlocks } from '../read/known-body';
import { objectsIn } from '../read/objects';
import {
  type NodesOfHome,
  type Pod,
  formatMemory,
  memoryLimit,
  memoryRequest,
  podsIn,
  writtenCopies,
} from '../read/pods';
import { type Demand, type Room, demandsIn, memoryOf, namesOf, roomsOf } from '../read/rooms';
import { mistake, quoteNames } from './mistake';
import { floats, mayWrite, saysWhy } from './reasons';

/**
 * Every image is pinned, by a digest or by a tag that names a version, a day or a commit: the same home runs the same
 * programs. One that is not says why in an annotation of its pods.
 */
export const requirePinnedImages: Rule = (home) =>
  podsIn(home).flatMap((pod) =>
    pod.containers.flatMap(({ name, body: { image } }) => {
      const { where } = pod.owned.owner;
      const isExcused = saysWhy(pod, floatingImageAnnotation(name));
      if (image !== undefined) return typeof image === 'string' ? checkImage(where, image, isExcused) : [];
      return [{ where, what: `container "${name}" must have an image`, remedy: `Give it one, ${example}` }];
    }),
  );

const example = 'such as "ghcr.io/usememos/memos:0.24.4"';

function checkImage(where: string, image: string, isExcused: boolean): Problem[] {
  const fault = imageFault(image);
  if (fault === undefined || (isExcused && floats(image))) return [];
  const remedy = floats(image)
    ? 'Use a tag such as "0.24.4", or a digest'
    : `Write it in lower case and without spaces, ${example}`;
  return [{ where, what: `image "${image}" ${fault}`, remedy }];
}

/** No pod counts on more time to stop than it gets, whatever stops it. */
export const requireGrantedGrace: Rule = (home) =>
  podsIn(home).flatMap(({ owned, spec }) => {
    const grace = spec['termination_grace_period_seconds'];
    // Of what is no number, the schema tells.
    if (isExpression(grace) || !(Number(grace) > longestGraceSeconds)) return [];
    const what = `termination_grace_period_seconds ${Number(grace)} must be at most ${longestGraceSeconds}, since a node that shuts down or is drained gives a pod no more`;
    return [mistake(owned, what, 'Lower it, and what has to end within it')];
  });

/** Every volume that a container mounts is defined in its pod, or by its StatefulSet's volume claims. */
export const requireDefinedVolumes: Rule = (home) =>
  podsIn(home).flatMap((pod) => {
    const defined = volumesOf(pod);
    if (isOpen(pod.spec['volume']) || defined.some((name) => typeof name === 'object')) return [];
    const has = quoteNames(defined, 'no volume');
    return pod.containers.flatMap(({ name: container, body }) =>
      ['volume_mount', 'volume_device']
        .flatMap((mount) => nestedBlocks(body[mount]))
        .map(({ name }) => name)
        .filter((name) => typeof name === 'string' && !defined.includes(name))
        .map((name) => {
          const what = `volume "${String(name)}" of container "${container}" must be defined in its pod, which has ${has}`;
          return mistake(pod.owned, what, 'Define it, or mount one of those');
        }),
    );
  });

const volumesOf = ({ spec, makerSpec }: Pod): unknown[] =>
  [...nestedBlocks(spec['volume']), ...blocksAt(makerSpec, ['volume_claim_template', 'metadata'])].map(
    ({ name }) => name,
  );

/** No container mounts two things at one path: Kubernetes refuses the pod then, or one of them hides the other. */
export const uniqueMountPaths: Rule = (home) =>
  podsIn(home).flatMap(({ owned, containers }) =>
    containers.flatMap(({ name, body }) => {
      const paths = nestedBlocks(body['volume_mount']).flatMap(({ mount_path: path }) =>
        typeof path === 'string' ? [normalizedFolder(path)] : [],
      );
      const twice = paths.filter((path, index) => paths.indexOf(path) < index);
      return [...new Set(twice)].map((path) => {
        const what = `mount path "${path}" of container "${name}" must be unique, but is there twice`;
        return mistake(owned, what, 'Take one of the mounts out');
      });
    }),
  );

/**
 * A container writes into what it mounts, and nowhere else: what lies in its root file system ends with it, and nobody
 * would notice before. One that has to, says why in an annotation of its pods.
 */
export const requireReadOnlyRoots: Rule = (home) =>
  podsIn(home).flatMap((pod) =>
    pod.containers
      .filter(({ name, body }) => mayWrite(body) && !saysWhy(pod, writableRootAnnotation(name)))
      .map(({ name }) => {
        const what = `container "${name}" must have a read-only root file system, or say why not`;
        const remedy =
          'Write security_context: { read_only_root_filesystem: true } and mount a volume where it writes, or give the ' +
          `reason in the annotation "${writableRootAnnotation(name)}" of its pods`;
        return mistake(pod.owned, what, remedy);
      }),
  );

/** Every schedule is one that its reader understands and that ever comes round, in a time zone that exists. */
export const requireValidSchedules: Rule = (home) => [
  ...objectsIn(home)
    .ofKind('cronjob')
    .flatMap(({ owned, body }) => checkTimes(owned, nestedBlock(body['spec']), 'kubernetes')),
  ...home
    .filter(({ block }) => block.kind === 'resource' && block.type === 'healthchecksio_check')
    .flatMap((owned) => checkTimes(owned, knownBody(owned.block), 'healthchecks.io')),
];

const checkTimes = (owned: OwnedBlock, { schedule, timezone }: Body, reader: ScheduleReader): Problem[] => [
  ...checkSchedule(owned, schedule, reader),
  ...checkTimezone(owned, timezone),
];

function checkSchedule(owned: OwnedBlock, schedule: unknown, reader: ScheduleReader): Problem[] {
  if (typeof schedule !== 'string' || (reader === 'kubernetes' && isMacro(schedule))) return [];
  const fault = scheduleFault(schedule, reader);
  if (fault === undefined) return [];
  return [mistake(owned, `schedule "${schedule}" ${fault}`, 'Write it like "0 2 * * 6"')];
}

/** The names that Kubernetes has for schedules: https://pkg.go.dev/github.com/robfig/cron/v3#hdr-Predefined_schedules */
function isMacro(schedule: string): boolean {
  const [, interval] = /^@every (.+)$/.exec(schedule) ?? [];
  if (interval !== undefined) return (secondsOf(interval) ?? 0) > 0;
  return /^@(yearly|annually|monthly|weekly|daily|midnight|hourly)$/.test(schedule);
}

function checkTimezone(owned: OwnedBlock, timezone: unknown): Problem[] {
  if (typeof timezone !== 'string' || isTimezone(timezone)) return [];
  const what = `timezone "${timezone}" must be the name of a time zone in the tz database`;
  return [mistake(owned, what, 'Write it like "Europe/Berlin"')];
}

/**
 * All pods of the home find room on its nodes at once, those of jobs included; and each container says what it needs,
 * since one that does not would take the room of the others. Any one of them may then take what its limit allows: its leak
 * ends it, and not its neighbour.
 */
export const requireFittingMemory =
  (facts: NodesOfHome): Rule =>
  (home) => {
    const pods = podsIn(home);
    const demands = demandsIn(pods, facts);
    return [
      ...pods.flatMap((pod) => [...checkAmounts(pod), ...checkCopies(pod)]),
      ...demands.flatMap(checkOne),
      ...roomsOf(demands, facts.network.nodes).flatMap(checkRoom),
    ];
  };

function checkAmounts({ owned, containers }: Pod): Problem[] {
  return containers.flatMap((container) => {
    const [request, limit] = [memoryRequest(container), memoryLimit(container)];
    const what = `container "${container.name}" must request memory`;
    if (request === undefined && container.role !== 'init') {
      return [mistake(owned, what, 'Write resources: { requests: { memory: "64Mi" } }')];
    }
    const limited = `container "${container.name}" must have a limit of memory`;
    if (isNoAmount(request)) return [mistake(owned, noAmount(what, 'requests', request), example64)];
    if (isNoAmount(limit)) return [mistake(owned, noAmount(limited, 'has', limit), example64)];
    if (typeof request !== 'string' || typeof limit !== 'string' || bytes(limit) >= bytes(request)) return [];
    const least = `${limited} that is not below its request of ${request}, but has ${limit}`;
    return [mistake(owned, least, 'Raise the limit, or leave it out')];
  });
}

const example64 = 'Write it like "64Mi"';

const isNoAmount = (written: unknown): written is string =>
  typeof written === 'string' && memoryFault(written) !== undefined;

function noAmount(must: string, verb: string, written: string): string {
  const range = Number.isNaN(bytes(written)) ? '' : memoryFault(written)?.replace('must be', '');
  return `${must}${range}, but ${verb} "${written}"`;
}

/** Of what is no whole number at all, the schema tells. */
function checkCopies(pod: Pod): Problem[] {
  const [argument, count] = writtenCopies(pod);
  if (!(count < 0)) return [];
  return [mistake(pod.owned, `${argument} ${count} must be a number of pods`, 'Write 0 for none')];
}

function checkOne({ pod: { owned }, nodes, each, beyond }: Demand): Problem[] {
  if (nodes.length === 0) {
    const remedy = 'Correct its node selector or tolerations';
    return [mistake(owned, 'must find a node that takes its pods', remedy)];
  }
  const largest = Math.max(...nodes.map(memoryOf));
  if (each + beyond <= largest || nodes.length === 1) return [];
  const room = `must fit the ${formatMemory(largest)} of the largest of ${namesOf(nodes)}`;
  return each > largest
    ? [mistake(owned, `a pod that requests ${formatMemory(each)} ${room}`, 'Lower its requests')]
    : [mistake(owned, `a pod that may take ${formatMemory(each + beyond)} ${room}`, 'Lower its limits')];
}

/** Whatever must run on some nodes and nowhere else has to fit what these nodes have together. */
function checkRoom({ nodes, bound, needed, there }: Room): Problem[] {
  const [greediest] = [...bound].sort((one, other) => other.beyond - one.beyond);
  if (greediest === undefined || needed + greediest.beyond <= there) return [];
  const where = 'whole-home';
  const requests = `memory requests of ${formatMemory(needed)}`;
  const room = `must fit the ${formatMemory(there)} that ${namesOf(nodes)} has for pods`;
  if (needed <= there) {
    const { pod, beyond } = greediest;
    const more = `${formatMemory(beyond)} that a container of ${pod.owned.owner.where} may take beyond its own`;
    return [{ where, what: `${requests} and the ${more} ${room}`, remedy: 'Lower its limit, or make room' }];
  }
  const largest = [...bound].sort((one, other) => other.all - one.all).slice(0, 3);
  const most = largest.map(({ pod, all }) => `${pod.owned.owner.where} (${formatMemory(all)})`).join(', ');
  const remedy = `Lower some, or make room. The largest are those of ${most}`;
  return [{ where, what: `${requests} ${room}`, remedy }];
}
