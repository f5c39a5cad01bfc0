import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { looksSecret } from '@home/kubernetes';
import { textOfFile } from '../source/read-source';
import { type Mount, hostPart } from './read-mounts';

/** Texts that a service mounts and that nobody writes: file name → text. */
export interface MountedTexts {
  readonly texts: Readonly<Record<string, string>>;
  /** Whether they are a file, and not the files of a folder. */
  readonly isFile: boolean;
  /** Whether nobody should find them in a repository. */
  readonly isSecret: boolean;
}

/** A ConfigMap holds this much at most. */
const largest = 900_000;

/** Files that are secret by their names. */
const secretFile =
  /(^|[._-])(pass(word|wd)?s?|secrets?|tokens?|credentials?|id_(rsa|dsa|ecdsa|ed25519)|acme)([._-]|$)|\.(key|p12|pfx|env|kdbx)$|^\.env|^\.?htpasswd$/i;

/**
 * The configuration that a mount is: a file of text, or a folder that is mounted for reading and holds nothing but texts
 * that everybody may read.
 *
 * @returns undefined for what is no text, what an app writes, and a folder in which something is secret: that is data
 */
export function configuredBy(mount: Mount): MountedTexts | undefined {
  const { kind, from = '', readOnly, secret } = mount;
  if (kind !== 'bind' || hostPart(mount) !== undefined || !existsSync(from)) return undefined;
  if (statSync(from).isFile()) {
    const texts = readTexts([from]);
    const hides = secret !== undefined || Object.entries(texts ?? {}).some(isSecret);
    return texts && { texts, isFile: true, isSecret: hides };
  }
  if (!readOnly || !statSync(from).isDirectory()) return undefined;
  const entries = readdirSync(from, { withFileTypes: true });
  if (entries.length === 0 || entries.some((entry) => !entry.isFile())) return undefined;
  const texts = readTexts(entries.map(({ name }) => join(from, name)));
  return texts && !Object.entries(texts).some(isSecret)
    ? { texts, isFile: false, isSecret: false }
    : undefined;
}

const isSecret = ([name, text]: readonly [string, string]): boolean =>
  secretFile.test(name) || looksSecret(name, text) !== undefined;

function readTexts(files: readonly string[]): Record<string, string> | undefined {
  if (files.some((file) => statSync(file).size > largest)) return undefined;
  const texts = files.map((file) => [basename(file), textOfFile(readFileSync(file)) ?? '\0'] as const);
  const length = texts.reduce((sum, [, text]) => sum + text.length, 0);
  const areTexts = texts.every(([name, text]) => !text.includes('\0') && /^[\w.-]+$/.test(name));
  return areTexts && length <= largest ? Object.fromEntries(texts) : undefined;
}
