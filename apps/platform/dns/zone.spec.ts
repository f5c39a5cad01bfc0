import { corefile } from './corefile';
import { zoneFile } from './zone';

const zone = {
  domain: 'rpi',
  hostmaster: 'me.lknuth.dev.',
  addresses: ['192.168.107.3', 'fd00::3'],
};

const serial = (text: string): number => Number(/SOA \S+ \S+ (\d+)/.exec(text)?.[1]);

describe('zoneFile', () => {
  it('gives every name the addresses of the home', () => {
    expect(zoneFile(zone).replace(/SOA @ (\S+) \d+/, 'SOA @ $1 SERIAL')).toBe(
      [
        '$ORIGIN rpi.',
        '$TTL 3600',
        '@ IN SOA @ me.lknuth.dev. SERIAL 7200 3600 1209600 3600',
        '@ IN NS ns',
        'ns IN A 192.168.107.3',
        'ns IN AAAA fd00::3',
        '* IN A 192.168.107.3',
        '* IN AAAA fd00::3',
        '',
      ].join('\n'),
    );
  });

  it.each([
    { addresses: ['10.0.0.3'], records: ['A 10.0.0.3'] },
    { addresses: ['fd00::3'], records: ['AAAA fd00::3'] },
    {
      addresses: ['10.0.0.3', '10.0.0.4', 'fd00::3', 'fd00::4'],
      records: ['A 10.0.0.3', 'A 10.0.0.4', 'AAAA fd00::3', 'AAAA fd00::4'],
    },
  ])('has a record for each of $addresses, and no empty one, which CoreDNS would refuse', (given) => {
    const text = zoneFile({ ...zone, addresses: given.addresses });
    expect(text.match(/(?<=^\* IN )A.*/gm)).toEqual(given.records);
    expect(text.match(/(?<=^ns IN )A.*/gm)).toEqual(given.records);
  });

  it('has a new serial exactly when it says something new', () => {
    const moved = { ...zone, addresses: ['192.168.107.5'] };
    expect(serial(zoneFile(zone))).toBe(serial(zoneFile({ ...zone })));
    expect(serial(zoneFile(moved))).not.toBe(serial(zoneFile(zone)));
    expect(serial(zoneFile(zone))).toBeGreaterThan(0);
  });
});

describe('corefile', () => {
  it('listens on the home’s own addresses only, for its domain and for everything else', () => {
    const text = corefile({
      domain: 'rpi',
      bind: ['192.168.107.3', 'fd00::3'],
      zonePath: '/etc/coredns/db.rpi',
      upstreams: { name: 'dns.example.org', addresses: ['192.0.2.1', '192.0.2.2'] },
    });
    expect(text.match(/^\S+ \{$/gm)).toEqual(['rpi:53 {', '.:53 {']);
    expect(text).toContain('forward . tls://192.0.2.1 tls://192.0.2.2 {');
    expect(text.match(/bind 192\.168\.107\.3 fd00::3/g)).toHaveLength(2);
  });
});
