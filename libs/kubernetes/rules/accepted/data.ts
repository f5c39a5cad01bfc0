import { isExpression } from '@home/terraform';
import { type Place, quoted } from './place';

const mostData = 2 ** 20;
const mostAnnotations = 2 ** 18;

/** What a text takes; what only Terraform knows counts as nothing. */
const sizeOf = (value: unknown): number => (typeof value === 'string' ? Buffer.byteLength(value) : 0);

/** The annotations of an object, or of its pods. */
export function checkAnnotations(metadata: Place): void {
  const size = metadata
    .members('annotations')
    .reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + sizeOf(value), 0);
  if (size > mostAnnotations)
    metadata.refuse(
      'annotations',
      `must have at most ${mostAnnotations} bytes together, but have ${size}`,
      'Shorten them, or put the text into a ConfigMap',
    );
}

/** ConfigMaps and Secrets. */
export function checkData(object: Place): void {
  const [plain, binary] = [object.members('data'), object.members('binary_data')];
  const twice = new Set(plain.map(([key]) => key));
  let size = plain.reduce((sum, [, value]) => sum + sizeOf(value), 0);
  for (const [key, value] of binary) {
    if (twice.has(key))
      object.refuse(['binary_data', key], 'must not be in data as well', 'Take one of the two out');
    if (typeof value !== 'string') continue;
    if (isBase64(value)) size += (value.length / 4) * 3 - (/=*$/.exec(value)?.[0].length ?? 0);
    else
      object.refuse(
        ['binary_data', key],
        `must be base64, but is ${quoted(value)}`,
        'Write filebase64(…), or put a text into data',
      );
  }
  if (size > mostData)
    object.refuse(
      [],
      `must have at most ${mostData} bytes of data, but has ${size}`,
      'Divide it, or mount a volume',
    );
}

/** Ends of lines count for nothing. */
const isBase64 = (text: string): boolean => {
  const plain = text.replace(/[\r\n]/g, '');
  return plain.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(plain);
};

/** The keys that Secrets of a type have: all of the first, or one of the others. */
const keysOfType: Readonly<
  Record<string, { readonly all?: readonly string[]; readonly some?: readonly string[] }>
> = {
  'kubernetes.io/basic-auth': { some: ['username', 'password'] },
  'kubernetes.io/dockercfg': { all: ['.dockercfg'] },
  'kubernetes.io/dockerconfigjson': { all: ['.dockerconfigjson'] },
  'kubernetes.io/ssh-auth': { all: ['ssh-privatekey'] },
  'kubernetes.io/tls': { all: ['tls.crt', 'tls.key'] },
};

const dataOfSecrets = ['data', 'binary_data', 'data_wo', 'binary_data_wo'];

/** Secrets of the types that Kubernetes itself reads. */
export function checkSecret(object: Place): void {
  checkData(object);
  const type = object.text('type') ?? '';
  if (type === 'kubernetes.io/service-account-token') checkToken(object);
  const wanted = keysOfType[type];
  if (wanted === undefined || dataOfSecrets.some((name) => object.isOpen(name))) return;
  const keys = new Set(dataOfSecrets.flatMap((name) => object.members(name).map(([key]) => key)));
  const missing = (wanted.all ?? []).filter((key) => !keys.has(key));
  for (const key of missing)
    object.refuse(['data', key], `must be in a Secret of the type ${quoted(type)}`, 'Add it');
  const { some } = wanted;
  if (some !== undefined && !some.some((key) => keys.has(key)))
    object.refuse(
      'data',
      `must have ${some.join(' or ')} in a Secret of the type ${quoted(type)}`,
      'Add one',
    );
}

const account = 'kubernetes.io/service-account.name';

function checkToken(object: Place): void {
  for (const metadata of object.blocks('metadata')) {
    const { annotations } = metadata.body;
    if (isExpression(annotations) || metadata.members('annotations').some(([key]) => key === account))
      continue;
    metadata.refuse(['annotations', account], 'must name the account that the token is of', 'Add it');
  }
}
