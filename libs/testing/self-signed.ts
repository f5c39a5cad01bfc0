import { generateKeyPairSync, sign } from 'node:crypto';
import { isIPv4 } from 'node:net';

/** A key and a certificate for one name or IPv4 address that it signed itself, both PEM. */
export function selfSigned(name: string): { readonly key: string; readonly cert: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  // https://datatracker.ietf.org/doc/html/rfc5280#section-4.1, version 3 for the alternative name: the one that counts.
  const subject = sequence(set(sequence(objectId('550403'), der(0x0c, Buffer.from(name)))));
  const algorithm = sequence(objectId('2a8648ce3d040302'));
  const validity = sequence(time(-1), time(1));
  const address = isIPv4(name) ? der(0x87, Buffer.from(name.split('.').map(Number))) : undefined;
  const alternative = address ?? der(0x82, Buffer.from(name));
  const alternativeName = sequence(objectId('551d11'), der(0x04, sequence(alternative)));
  const signed = sequence(
    der(0xa0, integer(2)),
    integer(1),
    algorithm,
    subject,
    validity,
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(alternativeName)),
  );
  const signature = Buffer.concat([Buffer.from([0]), sign('sha256', signed, privateKey)]);
  const body = sequence(signed, algorithm, der(0x03, signature)).toString('base64');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${body.replace(/.{64}(?!$)/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
  };
}

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
