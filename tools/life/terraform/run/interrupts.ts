import type { Terminal } from '@home/command';

/** What is left of an interrupt of a running Terraform. */
export interface Watch {
  readonly interrupted: boolean;
  /** Back to the signals' own meaning. */
  end(): void;
}

/** Two signals within this time are one Ctrl-C: the terminal sends it to npm and to us, and npm sends it on. */
const sameKeystroke = 1_000;

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Passes an interrupt on to a Terraform that runs in a process group of its own: once, whatever way it came, so that
 * Terraform finishes what it has begun, writes its state and gives back the lock. Asked a second time, Terraform stops
 * at once and may forget what it was about to write down.
 *
 * @param kill sends a signal to Terraform
 */
export function passInterruptsTo(kill: (signal: 'SIGINT' | 'SIGKILL') => void, terminal: Terminal): Watch {
  let last = 0;
  let count = 0;
  const listen = (): void => {
    const now = Date.now();
    if (now - last < sameKeystroke) return;
    last = now;
    count += 1;
    if (count > 2) return;
    terminal.note(
      count === 1
        ? 'Interrupted: Terraform finishes what it has begun and gives back its lock. Please wait.'
        : 'Interrupted again: Terraform stops at once and may forget what it has just made.',
    );
    kill('SIGINT');
  };
  // A signal that only npm gets ends the shell between npm and us, and we hear nothing of it.
  const parent = process.ppid;
  const orphaned = setInterval(() => {
    if (process.ppid !== parent && count === 0) listen();
  }, 500);
  // Our own sudden end must not leave a Terraform behind that nobody watches.
  const leave = (): void => kill('SIGINT');
  for (const signal of signals) process.on(signal, listen);
  process.on('exit', leave);
  return {
    get interrupted() {
      return count > 0;
    },
    end() {
      clearInterval(orphaned);
      process.off('exit', leave);
      const release = (): void => signals.forEach((signal) => process.off(signal, listen));
      // The rest of a keystroke may come when Terraform has ended already, and must not end us instead.
      if (count === 0) release();
      else setTimeout(release, sameKeystroke).unref();
    },
  };
}
