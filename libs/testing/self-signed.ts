import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { isIPv4 } from 'node:net';

/** A key and a certificate, both PEM. */
export interface Identity {
  readonly key: string;
  readonly cert: string;
}

/** One for a name or an IPv4 address that it signed itself. */
export const selfSigned = (name: string): Identity => issue({ subject: name, names: [name] });

/** An authority, which signs for others. With the key of another one it takes its place. */
export const makeAuthority = (subject: string, key?: string): Issuer => ({
  subject,
  ...issue({ subject, names: [], key }),
});

export interface Issuer extends Identity {
  readonly subject: string;
}

/** One for names that an authority vouches for. */
export const signedBy = (issuer: Issuer, names: readonly string[]): Identity =>
  issue({ subject: names[0] ?? '', names, issuer });

interface Wanted {
  readonly subject: string;
  /** None for an authority. */
  readonly names: readonly string[];
  readonly key?: string | undefined;
  readonly issuer?: Issuer;
}

function issue({ subject, names, key, issuer }: Wanted): Identity {
  const privateKey =
    key === undefined ? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey : createPrivateKey(key);
  // https://datatracker.ietf.org/doc/html/rfc5280#section-4.1, version 3 for what stands at its end: the names that count.
  const algorithm = sequence(objectId('2a8648ce3d040302'));
  const extension =
    names.length === 0
      ? sequence(objectId('551d13'), der(0x04, sequence(der(0x01, Buffer.from([0xff])))))
      : sequence(objectId('551d11'), der(0x04, sequence(...names.map(alternative))));
  const signed = sequence(
    der(0xa0, integer(2)),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    distinguished(issuer?.subject ?? subject),
    sequence(time(-1), time(1)),
    distinguished(subject),
    createPublicKey(privateKey).export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(extension)),
  );
  const signature = Buffer.concat([Buffer.from([0]), sign('sha256', signed, issuer?.key ?? privateKey)]);
  const body = sequence(signed, algorithm, der(0x03, signature)).toString('base64');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    // A line may be full, and none may be empty.
    cert: `-----BEGIN CERTIFICATE-----\n${body.replace(/.{64}(?!$)/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
  };
}

const distinguished = (name: string) =>
  sequence(set(sequence(objectId('550403'), der(0x0c, Buffer.from(name)))));

const alternative = (name: string) =>
  isIPv4(name) ? der(0x87, Buffer.from(name.split('.').map(Number))) : der(0x82, Buffer.from(name));

const sequence = (...parts: Buffer[]) => der(0x30, Buffer.concat(parts));
const set = (...parts: Buffer[]) => der(0x31, Buffer.concat(parts));
const integer = (value: number) => der(0x02, Buffer.from([value]));
const objectId = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));

/** A date so many days from now. */
const time = (days: number) =>
  der(
    0x18,
    Buffer.from(new Date(Date.now() + days * 86_400_000).toISOString().replace(/\D/g, '').slice(0, 14) + 'Z'),
  );

function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
