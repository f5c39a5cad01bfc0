import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@home/files';
import { filesBeside } from './config-files';

describe('a file beside a main.ts', () => {
  const folder = makeTemporaryFolder();
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    ['a byte order mark', '\ufeffkey: value\n'],
    ['ends of lines of Windows', 'one\r\ntwo\r\n'],
    ['what lies outside the basic plane', '😀\u{10ffff}\u0000'],
  ])('keeps %s', (_, text) => {
    writeFileSync(join(folder, 'file'), text);
    expect(filesBeside(folder, 'file')).toEqual({ file: text });
  });

  it('is refused when it is not there', () => {
    expect(() => filesBeside(folder, 'none')).toThrow(
      /^[^\n]*\/none: must exist, since it is mounted\. Add it, or take its name out\.$/,
    );
  });

  it.each([
    ['Latin-1', Buffer.from('é', 'latin1')],
    ['UTF-16', Buffer.from('\ufeffkey', 'utf16le')],
  ])('is refused when it is %s, whose bytes would become others', (_, bytes) => {
    writeFileSync(join(folder, 'file'), bytes);
    expect(() => filesBeside(folder, 'file')).toThrow(
      /^[^\n]*\/file: must be a text in UTF-8\. Save it as UTF-8\.$/,
    );
  });
});
