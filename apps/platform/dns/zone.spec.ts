import { corefile } from './corefile';
import { zoneFile } from './zone';

const zone = {
  domain: 'rpi',
  hostmaster: 'me.lknuth.dev.',
  addresses: { v4: '192.168.107.3', v6: 'fd00::3' },
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

  it('has no record without an address, which CoreDNS would refuse the zone for', () => {
    const text = zoneFile({ ...zone, addresses: { ...zone.addresses, v6: '' } });
    expect(text.match(/^\S+ IN A .+$/gm)).toHaveLength(2);
    expect(text).not.toContain('AAAA');
  });

  it('has a new serial exactly when it says something new', () => {
    const moved = { ...zone, addresses: { ...zone.addresses, v4: '192.168.107.5' } };
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
    });
    expect(text.match(/^\S+ \{$/gm)).toEqual(['rpi:53 {', '.:53 {']);
    expect(text.match(/bind 192\.168\.107\.3 fd00::3/g)).toHaveLength(2);
  });
});
