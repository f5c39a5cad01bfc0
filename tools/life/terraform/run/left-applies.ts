import { existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Terminal, runProgram } from '@home/command';
import { hidden } from '../root-module';
import { type Listen, type Outcome, follow, hear } from './run-terraform';

/** An apply whose command was killed. */
export interface LeftApply {
  /** The process id of its Terraform. */
  readonly terraform: number;
  readonly isRunning: boolean;
  /** Waits until it has ended, and hears all that it said; what it said also tells whether it failed. */
  hearOut(terminal: Terminal, listen: Listen): Promise<Outcome>;
}

/** The applies of a root module that nobody listens to any more. */
export async function leftApplies(folder: string): Promise<LeftApply[]> {
  const logs = dirname(hidden.applyLog(folder, 0));
  const left: LeftApply[] = [];
  for (const name of existsSync(logs) ? readdirSync(logs).sort() : []) {
    const [, command, terraform] = /^home\.apply\.(\d+)\.(\d+)\.log$/.exec(name)?.map(Number) ?? [];
    if (command === undefined || terraform === undefined) continue;
    const parent = await parentOf(terraform);
    // Whoever started it and still lives hears it, too.
    if (parent !== command) left.push(leftApply(folder, command, terraform, parent !== undefined));
  }
  return left;
}

function leftApply(folder: string, command: number, terraform: number, isRunning: boolean): LeftApply {
  const log = hidden.applyLog(folder, command, terraform);
  const untilEnded = async (): Promise<void> => {
    while ((await parentOf(terraform)) !== undefined) await sleep(500);
  };
  return {
    terraform,
    isRunning,
    async hearOut(terminal, listen) {
      const input = Readable.from(follow(log, untilEnded()));
      const heard = await hear(input, (signal) => process.kill(terraform, signal), terminal, listen);
      rmSync(log);
      const failed = heard.diagnostics.some(({ severity }) => severity === 'error');
      return { ...heard, exitCode: failed ? 1 : 0, complaint: '' };
    },
  };
}

/** The process that started a Terraform; undefined when that has ended, and another program may have its id. */
async function parentOf(terraform: number): Promise<number | undefined> {
  const { stdout } = await runProgram('ps', ['-o', 'ppid=,args=', '-p', String(terraform)]);
  const [, parent] = /^\s*(\d+) .*\bapply\b/.exec(stdout) ?? [];
  return parent === undefined ? undefined : Number(parent);
}
