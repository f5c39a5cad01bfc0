/** Types of records that the proof asks for. https://www.iana.org/assignments/dns-parameters */
export const types = { A: 1, MX: 15, TXT: 16, AAAA: 28, SRV: 33, HTTPS: 65, CAA: 257 } as const;
export type RecordType = keyof typeof types;

/** A record of a type that is asked for here, or the SOA that comes with an empty answer. */
export interface Answer {
  /** NOERROR is 0, NXDOMAIN is 3. */
  readonly code: number;
  readonly authoritative: boolean;
  readonly truncated: boolean;
  /** The addresses in the answer section. */
  readonly addresses: readonly string[];
  /** How many records the answer and the authority sections have. */
  readonly answers: number;
  readonly authorities: number;
}

/** A question as its message: RFC 1035, section 4.1. */
export function encodeQuestion(id: number, name: string, type: RecordType): Buffer {
  const header = Buffer.alloc(12);
  header.writeUInt16BE(id, 0);
  header.writeUInt16BE(0x0100, 2); // recursion desired
  header.writeUInt16BE(1, 4);
  return Buffer.concat([header, encodeName(name), uint16(types[type]), uint16(1)]);
}

function encodeName(name: string): Buffer {
  const labels = name.split('.').filter((label) => label !== '');
  return Buffer.concat([
    ...labels.flatMap((label) => [Buffer.from([label.length]), Buffer.from(label)]),
    Buffer.from([0]),
  ]);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

/** What a message asks for: the name in lower case without its last dot, and the type's number. */
export function decodeQuestion(message: Buffer): { readonly name: string; readonly type: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = message.readUInt8(at); length > 0; length = message.readUInt8(at)) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), type: message.readUInt16BE(at + 1) };
}

/** Answers a question with one IPv4 address, or with nothing. */
export function encodeAnswer(question: Buffer, address: string | undefined): Buffer {
  const end = endOfName(question, 12) + 4;
  const header = Buffer.alloc(12);
  question.copy(header, 0, 0, 2);
  header.writeUInt16BE(0x8180, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(address === undefined ? 0 : 1, 6);
  const asked = question.subarray(12, end);
  if (address === undefined) return Buffer.concat([header, asked]);
  const data = Buffer.from(address.split('.').map(Number));
  const record = [uint16(0xc00c), uint16(types.A), uint16(1), Buffer.from([0, 0, 0, 60]), uint16(4), data];
  return Buffer.concat([header, asked, ...record]);
}

/** Reads the answer to a question. */
export function decodeAnswer(message: Buffer): Answer {
  const flags = message.readUInt16BE(2);
  const answers = message.readUInt16BE(6);
  const addresses: string[] = [];
  let at = endOfName(message, 12) + 4;
  for (let index = 0; index < answers; index++) {
    const record = endOfName(message, at);
    const type = message.readUInt16BE(record);
    const length = message.readUInt16BE(record + 8);
    const data = message.subarray(record + 10, record + 10 + length);
    if (type === types.A) addresses.push([...data].join('.'));
    if (type === types.AAAA) addresses.push(data.toString('hex').replace(/(.{4})(?=.)/g, '$1:'));
    at = record + 10 + length;
  }
  return {
    code: flags & 15,
    authoritative: (flags & 0x0400) !== 0,
    truncated: (flags & 0x0200) !== 0,
    addresses,
    answers,
    authorities: message.readUInt16BE(8),
  };
}

function endOfName(message: Buffer, start: number): number {
  let at = start;
  for (;;) {
    const length = message.readUInt8(at);
    if (length === 0) return at + 1;
    if (length >= 0xc0) return at + 2; // it goes on elsewhere
    at += 1 + length;
  }
}
