import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

// The lane is a process of its own.
jest.setTimeout(60_000);

let lane: ChildProcess;
afterEach(() => lane.kill('SIGKILL'));

it('ends a lane whose stage cannot be set, whatever of it was begun', async () => {
  const script = `const { inNamespaces, runProof } = require(${JSON.stringify(join(__dirname, 'index.ts'))});
  const setStage = async () => {
    require('node:net').createServer().listen(0, '127.0.0.1');
    throw new Error('it rains');
  };
  const scenes = [{ title: 'a scene', play: () => undefined }];
  const usage = { command: 'a proof', help: '', options: {} };
  runProof(usage, inNamespaces({ scenes, lanes: () => 1, addresses: () => [], setStage }));`;
  lane = spawn(process.execPath, ['-r', './tools/nx-home/typescript.cjs', '-e', script], {
    cwd: join(__dirname, '../../..'),
    env: { ...process.env, HOME_PROOF_NAMESPACE: '1' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await once(lane, 'message');
  lane.send({ title: 'a scene' });
  const [{ played }] = await once(lane, 'message');
  expect(played.outcomes).toEqual([{ what: 'a scene', result: 'failed', detail: 'Error: it rains' }]);
  lane.send({});
  expect(await once(lane, 'exit')).toEqual([1, null]);
});
