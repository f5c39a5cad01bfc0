import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { adaptTraefik } from './adapt-traefik';
import { copyModule, runGo } from './go';
import { join, resolve } from 'node:path';
import { parseImage } from '@home/home';

/** A program that a proof runs and that Go builds from its module. */
export interface Component {
  readonly name: string;
  readonly module: string;
  readonly version: string;
  /** For a program with C in it, which needs a C compiler. */
  readonly cgo?: boolean;
  /** For a module that Go builds only from a folder of its own: what is changed in there, and which package is the program. */
  readonly adapted?: { readonly by: (folder: string) => Promise<void>; readonly package: string };
}

const go = (name: string, module: string, version: string, cgo = false): Component => ({
  name,
  module,
  version,
  cgo,
});

/** The Versity S3 Gateway: a store that is alive, and keeps each object as a file. */
export const versitygw = go('versitygw', 'github.com/versity/versitygw/cmd/versitygw', 'v1.8.0');

/** The last of the MinIO server, archived in 2026, which homes still run; and its client, which speaks with any store. */
export const minio = go('minio', 'github.com/minio/minio', 'v0.0.0-20260212201848-7aac2a2c5b7c');
export const minioClient = go('mc', 'github.com/minio/mc', 'v0.0.0-20250313080218-cf909e1063a9');

/** The last of the line that today's replicas were written by. */
export const litestream03 = go(
  'litestream',
  'github.com/benbjohnson/litestream/cmd/litestream',
  'v0.3.13',
  true,
);

/** Litestream at the version that an image's tag names. */
export function litestream(image: string): Component {
  return go('litestream', 'github.com/benbjohnson/litestream/cmd/litestream', `v${tagOf(image)}`);
}

/** Traefik at the version that an image's tag names. */
export function traefik(image: string): Component {
  const component = go('traefik', 'github.com/traefik/traefik/v3', `v${tagOf(image)}`);
  return { ...component, adapted: { by: adaptTraefik, package: './cmd/traefik' } };
}

/** An ACME server for tests, of those who run Let's Encrypt. */
export const pebble = go('pebble', 'github.com/letsencrypt/pebble/v2/cmd/pebble', 'v2.10.3');

/** CoreDNS at the version that an image's tag names. */
export function coredns(image: string): Component {
  return go('coredns', 'github.com/coredns/coredns', `v${tagOf(image)}`);
}

function tagOf(image: string): string {
  const { tag = '' } = parseImage(image) ?? {};
  if (!/^v?\d+\.\d+\.\d+$/.test(tag)) throw new Error(`The image "${image}" names no version to build.`);
  return tag.replace(/^v/, '');
}

/** Git ignores this folder; what is in it can be deleted at any time. */
const cache = resolve('.cache/components');

/** Where a component lies once it is installed. */
export const pathOf = ({ name, version }: Component): string => join(cache, `${name}-${version}`, name);

/** Tells whether a component was installed before. */
export const isInstalled = (component: Component): boolean => existsSync(pathOf(component));

/**
 * Builds a component from its Go module, unless that was done before.
 *
 * @returns the program's path
 * @throws Error with the last lines that Go wrote, when it cannot be had
 */
export async function installComponent(component: Component): Promise<string> {
  const path = pathOf(component);
  if (existsSync(path)) return path;
  const building = `${path}.building-${process.pid}`;
  await mkdir(building, { recursive: true });
  try {
    const from = `${component.module}@${component.version}`;
    const env = { GOBIN: building, CGO_ENABLED: component.cgo ? '1' : '0' };
    if (component.adapted === undefined) await runGo(['install', from], { env });
    else {
      const sources = join(building, 'sources');
      await copyModule(from, sources);
      await component.adapted.by(sources);
      const output = join(building, component.name);
      await runGo(['build', '-mod=mod', '-o', output, component.adapted.package], { env, cwd: sources });
    }
    // Renamed at last, so that a build that was interrupted leaves nothing that looks like a program.
    await rename(join(building, component.name), path);
  } finally {
    await rm(building, { recursive: true, force: true });
  }
  return path;
}

/** The path of a program that the system has, such as sqlite3; undefined when it has none. */
export function systemProgram(name: string): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(':')
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}
