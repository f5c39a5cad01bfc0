import { chmodSync, cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { one } from '@home/generated';
import type { Container } from './pod';
import { type Program, startProgram } from './program';

/** What a container sees and is told. */
export interface Contained {
  /** The folder that is its root: what it wrote there before is there again. */
  readonly root: string;
  /** Its files, by their path in there. */
  readonly files: Readonly<Record<string, string>>;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Whom its image runs as, where the container does not say. */
  readonly imageUser: number;
}

/** Starts a program the way its container does: its files are all that it sees, and it has the container's rights. */
export function startContained(
  container: Container,
  program: string,
  { root, files, args, env, imageUser }: Contained,
): Program {
  chmodSync(root, 0o755);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  const name = `/${basename(program)}`;
  if (!existsSync(join(root, name))) cpSync(program, join(root, name));
  const command = ['setpriv', ...rights(container, imageUser), 'chroot', root, name, ...args];
  return startProgram(command, { env: { PATH: process.env['PATH'], ...env } });
}

/** No more than the container has; `chroot` needs a capability of its own, which is as good as none in there. */
function rights({ body }: Container, imageUser: number): string[] {
  const security = one(body['security_context']);
  const user = security['run_as_user'] ?? imageUser;
  const capabilities = (one(security['capabilities'])['add'] ?? []) as string[];
  const sets = ['-all', ...['sys_chroot', ...capabilities].map((name) => `+${name.toLowerCase()}`)].join(',');
  return [
    ...[`--reuid=${user}`, `--regid=${user}`, '--clear-groups', '--no-new-privs'],
    ...[`--bounding-set=${sets}`, `--inh-caps=${sets}`, `--ambient-caps=${sets}`],
  ];
}
