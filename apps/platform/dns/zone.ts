import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';

export interface Zone {
  /** The domain that the zone is about, without a dot at its end. */
  readonly domain: string;
  /** The mailbox of who is responsible, written as a name: `me.example.org.` */
  readonly hostmaster: string;
  /** The addresses that every name below the domain has. */
  readonly addresses: readonly string[];
}

/**
 * A zone file in which every name below the domain has the same addresses: RFC 1035, section 5, and RFC 4592 for the
 * wildcards. Its serial is made from its content, so that a zone has a new serial exactly when it says something new.
 */
export function zoneFile({ domain, hostmaster, addresses }: Zone): string {
  const records = [
    '@ IN NS ns',
    ...['ns', '*'].flatMap((name) =>
      addresses.map((address) => `${name} IN ${isIPv6(address) ? 'AAAA' : 'A'} ${address}`),
    ),
  ];
  const timers = { refresh: 7200, retry: 3600, expire: 1209600, minimum: 3600 };
  const head = [`$ORIGIN ${domain}.`, '$TTL 3600'];
  const authority = (serial: number) =>
    `@ IN SOA @ ${hostmaster} ${[serial, ...Object.values(timers)].join(' ')}`;
  const serial = serialOf([...head, authority(0), ...records].join('\n'));
  return `${[...head, authority(serial), ...records].join('\n')}\n`;
}

/** An unsigned 32-bit number, as RFC 1035 has it, and never 0. */
function serialOf(content: string): number {
  return createHash('sha256').update(content).digest().readUInt32BE(0) || 1;
}
