import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { systemProgram } from '@life/programs';

/** Set inside, so that a program that starts itself again knows where it is. */
const mark = 'HOME_PROOF_NAMESPACE';

/** Tells whether this process runs in namespaces that `enterNamespaces` made. */
export const isInside = (): boolean => process.env[mark] !== undefined;

/** Why namespaces cannot be made here; undefined where they can. */
export function whyNoNamespaces(): string | undefined {
  if (process.platform !== 'linux') return 'it needs Linux';
  if (process.getuid?.() !== 0) return 'it needs root, for namespaces with the home’s addresses';
  const missing = ['unshare', 'ip', 'chroot', 'mount'].filter((name) => systemProgram(name) === undefined);
  return missing.length === 0 ? undefined : `it needs the programs ${missing.join(', ')}`;
}

const enter = `
ip link set lo up || exit 1
for address in $ADDRESSES; do ip address add "$address" dev lo || exit 1; done
"$@"`;

/**
 * Runs a program in a network, mount and process namespace of its own. Nothing in there reaches the machine's network,
 * and all of it ends with the program.
 *
 * @param addresses addresses that the network has, besides the loopback's
 */
export function enterNamespaces(
  command: readonly string[],
  addresses: readonly string[],
  { stdio, env = {} }: { stdio: StdioOptions; env?: Readonly<Record<string, string>> },
): ChildProcess {
  const flags = ['--net', '--mount', '--pid', '--fork', '--kill-child=SIGKILL', '--mount-proc'];
  return spawn('unshare', [...flags, 'sh', '-c', enter, 'sh', ...command], {
    stdio,
    env: {
      ...process.env,
      ...env,
      [mark]: '1',
      ADDRESSES: addresses.map((address) => `${address}/${address.includes(':') ? 128 : 32}`).join(' '),
    },
  });
}
