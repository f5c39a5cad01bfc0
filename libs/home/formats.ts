import { posix } from 'node:path';
import ipaddr from 'ipaddr.js';
import { isAddress, parseSubnet } from './addresses';
import { scheduleFault } from './schedule';
import { isQuantity } from './quantity';

const label = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
const hostname = new RegExp(`^${label}$`);
const domain = new RegExp(`^(?=.{1,253}$)${label}(\\.${label})*$`);
const labelPart = /^[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/;

/**
 * What a schema's `format` may demand of a text. A format answers whether it holds or, where there is more to say than
 * one sentence in the schema can, with what must hold.
 */
export const formats = {
  ipv4: (text) => isAddress(text, 'v4'),
  ipv6: (text) => isAddress(text, 'v6'),
  address: (text) => ipaddr.isValid(text),
  'ipv4-subnet': (text) => parseSubnet(text, 'v4') !== undefined,
  'ipv6-subnet': (text) => parseSubnet(text, 'v6') !== undefined,
  subnet: (text) => parseSubnet(text) !== undefined,
  hostname: (text) => hostname.test(text),
  domain: (text) => domain.test(text),
  'absolute-domain': (text) => text.endsWith('.') && domain.test(text.slice(0, -1)),
  /** `http(s)://host[:port]` and nothing more. */
  origin: (text) =>
    URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).origin === text,
  /** Where Kubernetes' API answers: `https://host:port`. */
  endpoint: (text) => {
    const { protocol, port, pathname } = URL.canParse(text) ? new URL(text) : {};
    return protocol === 'https:' && port !== '' && pathname === '/';
  },
  timezone: isTimezone,
  /** An amount of memory as Kubernetes writes it. */
  quantity: isQuantity,
  /** Five fields that Kubernetes understands. */
  schedule: (text) => scheduleFault(text, 'kubernetes') ?? true,
  /** An image with a tag that says which version it is. */
  'pinned-image': (text) =>
    /\d/.test(/^[^\s@]+\/[^\s:@]+:([\w][\w.-]*)(@sha256:[0-9a-f]{64})?$/.exec(text)?.[1] ?? ''),
  moment: isMoment,
  'database-file': isDatabaseFile,
  'label-key': isLabelKey,
  'label-value': (text) => text === '' || labelPart.test(text),
} satisfies Record<string, (text: string) => boolean | string>;

/** Tells whether a text is a point in time with its zone: https://www.rfc-editor.org/rfc/rfc3339#section-5.6 */
export function isMoment(text: string): boolean {
  return (
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text))
  );
}

function isTimezone(text: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}

/** It ends up in scripts, and a volume is mounted over its folder. */
function isDatabaseFile(text: string): boolean | string {
  if (!/^\/[\w./-]*$/.test(text) || posix.normalize(text) !== text)
    return 'must be an absolute path of letters, digits, dots, dashes and slashes';
  if (text.endsWith('/')) return 'must name a file, not its folder';
  return posix.dirname(text) !== '/' || 'must lie in a folder of its own, since a volume is mounted over it';
}

function isLabelKey(text: string): boolean {
  const [name = '', prefix, ...more] = text.split('/').reverse();
  return more.length === 0 && labelPart.test(name) && (prefix === undefined || domain.test(prefix));
}
