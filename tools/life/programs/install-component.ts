import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { runProgram } from '@home/command';
import type { Component } from './component';

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
    const { exitCode, stderr, complaint } = await runProgram(
      'go',
      ['install', `${component.module}@${component.version}`],
      { env: { ...process.env, GOBIN: building, CGO_ENABLED: component.cgo ? '1' : '0' } },
    );
    if (exitCode !== 0) throw new Error(stderr.trim().split('\n').slice(-3).join(' ') || complaint);
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
