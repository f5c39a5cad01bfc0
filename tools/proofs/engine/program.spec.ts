import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { startProgram, untilReady } from './program';

const isRunning = (id: string): boolean => spawnSync('ps', ['-p', id]).status === 0;

/** Waits until something holds, since a process that was killed is still there for a moment. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 50));
}

it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'ends with the proof that started it, when %s ends that',
  async (signal) => {
    const script = `const { startProgram } = require(${JSON.stringify(join(__dirname, 'program.ts'))});
    startProgram(['sh', '-c', 'sleep 600 & echo $!; wait'], {}, (line) => console.log(line));`;
    const proof = spawn(process.execPath, ['-r', './tools/nx-home/typescript.cjs', '-e', script], {
      cwd: join(__dirname, '../../..'),
    });
    const below = await new Promise<string>((resolve) =>
      proof.stdout.once('data', (id) => resolve(String(id).trim())),
    );
    expect(isRunning(below)).toBe(true);
    proof.kill(signal);
    await until(() => !isRunning(below));
  },
  60_000,
);

it('is not waited for when it has ended', async () => {
  const running = startProgram(['sh', '-c', 'echo it rains; exit 1']);
  await expect(untilReady('The server', running, 'http://127.0.0.1:1/', 600)).rejects.toThrow(
    'The server does not become ready: it rains',
  );
});
