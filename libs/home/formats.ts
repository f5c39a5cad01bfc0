import { posix } from 'node:path';
import { keepMade } from '@home/files';
import { remember } from '@home/terraform';
import { type Family, familyOf, isAddress, isMachineAddress, parseSubnet } from './addresses';
import { imageFault, litestreamFault, parseImage } from './image';
import { isFolder, mountFault } from './mount-path';
import { cpuFault, memoryFault } from './quantity';
import { scheduleFault } from './schedule';

const label = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
const hostname = new RegExp(`^${label}$`);
// A name whose last part is a number would be taken for an address: https://www.rfc-editor.org/rfc/rfc3696#section-2
const domain = new RegExp(`^(?=.{1,253}$)(${label}\\.)*(?!\\d+$)${label}$`);
const labelPart = /^[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/;

/**
 * What a schema's `format` may demand of a text. A format answers whether it holds or, where there is more to say than
 * one sentence in the schema can, with what must hold.
 */
export const formats = {
  ipv4: (text) => isAddress(text, 'v4') && ofOneMachine(text),
  ipv6: (text) => isAddress(text, 'v6') && ofOneMachine(text),
  address: (text) => familyOf(text) !== undefined && ofOneMachine(text),
  'ipv4-subnet': (text) => isHomeSubnet(text, 'v4'),
  'ipv6-subnet': (text) => isHomeSubnet(text, 'v6'),
  'cluster-subnet': isClusterSubnet,
  hostname: (text) => hostname.test(text) && text !== 'localhost',
  domain: (text) => domain.test(text),
  'home-domain': (text) => domain.test(text) && (takenFault(text) ?? true),
  'absolute-domain': (text) => /\..+\.$/.test(text) && domain.test(text.slice(0, -1)),
  /** Whom a program may ask by name or by address. */
  server: (text) => isMachineAddress(text) || domain.test(text),
  /** `http(s)://host[:port]` and nothing more. */
  origin: isOrigin,
  /** The same, of a store that pods ask. */
  'store-origin': (text) => isOrigin(text) && (loopFault(new URL(text).hostname) ?? true),
  /** Where Kubernetes' API answers: `https://host:port`. */
  endpoint: (text) => isOrigin(text) && /^https:.*:\d+$/.test(text),
  'plain-url': isPlainUrl,
  timezone: isTimezone,
  /** An amount of memory as Kubernetes writes it. */
  memory: (text) => memoryFault(text) ?? true,
  /** An amount of processors as Kubernetes writes it. */
  cpu: (text) => cpuFault(text) ?? true,
  /** Five fields that Kubernetes understands. */
  schedule: (text) => scheduleFault(text, 'kubernetes') ?? true,
  /** An image, also one whose tag moves. */
  image: (text) => parseImage(text) !== undefined,
  /** An image that is the same whenever it is pulled. */
  'pinned-image': (text) => imageFault(text) ?? true,
  'litestream-image': (text) => litestreamFault(text) ?? true,
  /** A point in time that a replica may be of. Nothing here asks the clock: a description says the same every day. */
  'replica-time': (text) =>
    isMoment(text) && (/^20[2-9]/.test(text) || 'must be of a year from 2020 to 2099'),
  /** A folder in a container that a volume may hide. */
  'mount-path': (text) => isFolder(text) && (mountFault(text) ?? true),
  'database-file': isDatabaseFile,
  'label-key': isLabelKey,
  'kernel-argument': isKernelArgument,
  'label-value': (text) => text === '' || labelPart.test(text),
} satisfies Record<string, (text: string) => boolean | string>;

const ofOneMachine = (address: string): true | string =>
  isMachineAddress(address) || 'must be the address of one machine that others reach';

/** A subnet with room for more than its router. */
function isHomeSubnet(text: string, family: Family): boolean {
  const [, length] = parseSubnet(text, family) ?? [];
  return length !== undefined && length >= 1 && length <= (family === 'v4' ? 30 : 126);
}

/** A subnet with room for the pods of a node, or for all services, which Kubernetes can count. */
function isClusterSubnet(text: string): boolean | string {
  const [address, length] = parseSubnet(text) ?? [];
  if (address === undefined || length === undefined) return false;
  const isFitting = length >= 8 && length <= (address.kind() === 'ipv4' ? 24 : 112);
  return isFitting || 'must be a subnet of 8 to 24 bits, or of IPv6 of 8 to 112';
}

/** Tells whether a text is a URL's beginning as it is written, and not as a browser would mend it. */
function isOrigin(text: string): boolean {
  const [, written, port = '1'] = /^https?:\/\/(\[[0-9a-f:]+\]|[^\s/@?#\\:]+)(?::(\d+))?$/.exec(text) ?? [];
  if (written === undefined || !URL.canParse(text) || Number(port) === 0) return false;
  const host = written.replace(/^\[(.*)\]$/, '$1');
  return domain.test(host) || familyOf(host) !== undefined;
}

/** What keeps a domain from being a home's: machines and pods answer for these by themselves, and never ask its DNS. */
function takenFault(text: string): string | undefined {
  const taken = ['localhost', 'cluster.local'].find((one) => text === one || text.endsWith(`.${one}`));
  if (taken === undefined) return undefined;
  const whose = taken === 'localhost' ? 'each machine' : 'Kubernetes';
  return `must be a domain that is free, but ${whose} has "${taken}" for itself`;
}

/** What keeps a URL's host from being one that pods reach: they would ask themselves. */
function loopFault(hostname: string): string | undefined {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const isLoop = host === 'localhost' || (familyOf(host) !== undefined && !isMachineAddress(host));
  return isLoop ? 'must be the address of a machine that pods reach' : undefined;
}

/** Tells whether a text is an http(s) URL that others can be made of, and that tells everybody who reads it nothing secret. */
function isPlainUrl(text: string): boolean {
  const [, origin] = /^(https?:\/\/[^/\s]+)(\/[^\s?#]*)?$/.exec(text) ?? [];
  return origin !== undefined && isOrigin(origin);
}

/** Tells whether a text is a point in time with its zone: https://www.rfc-editor.org/rfc/rfc3339#section-5.6 */
export function isMoment(text: string): boolean {
  const [, local, offset] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/.exec(text) ?? [];
  if (local === undefined || offset === undefined) return false;
  // JavaScript takes February 30 for March 2.
  const time = new Date(`${local}Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(local);
}

/** Tells whether a text is the name of a time zone as the tz database spells it: it is looked up as a file. */
export function isTimezone(text: string): boolean {
  return /^[A-Z]/.test(text) && isInDatabase(text);
}

/** The answer is kept, since to open the database takes 15 ms. */
const isInDatabase = remember((text: string): boolean => {
  const { tz = '', icu = '' } = process.versions;
  const name = `timezones/${encodeURIComponent(text)}`;
  return keepMade(name, [tz, icu], () => String(lookUp(text))) === 'true';
});

function lookUp(text: string): boolean {
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions();
    return timeZone === text || timeZone.toLowerCase() !== text.toLowerCase();
  } catch {
    return false;
  }
}

/** It ends up in scripts, and a volume is mounted over its folder. */
function isDatabaseFile(text: string): boolean | string {
  if (!/^\/[\w.@+/-]*$/.test(text) || posix.normalize(text) !== text)
    return 'must be an absolute path of letters, digits, dots, dashes and slashes';
  if (/-(wal|shm|journal)$/.test(text)) return 'must name the database, not what SQLite puts beside it';
  if (text.endsWith('/')) return 'must name a file, not its folder';
  const folder = posix.dirname(text);
  if (folder === '/') return 'must lie in a folder of its own, since a volume is mounted over it';
  // Litestream and its scripts put things down there, in a volume of their own.
  return folder !== '/tmp' && mountFault(folder) === undefined
    ? true
    : `must not lie in ${folder}, which the system has for itself, since a volume is mounted over its folder`;
}

function isLabelKey(text: string): boolean {
  const [name = '', prefix, ...more] = text.split('/').reverse();
  return more.length === 0 && labelPart.test(name) && (prefix === undefined || domain.test(prefix));
}

/**
 * Only what YAML leaves as it is, whichever program writes it: the image factory names an image by the hash of a text that
 * Go wrote, and libs/talos/schematic.ts has to write the same.
 */
function isKernelArgument(text: string): boolean | string {
  if (!/^-?[A-Za-z][\w.-]*(=[!#-&(-_a-~]+)?$/.test(text)) return false;
  if (/^(y|yes|n|no|on|off|-?e[\d._-]+)$/i.test(text))
    return 'must be more than a word that YAML takes for true, false or a number';
  return !text.endsWith(':') || 'must not end with a colon';
}
