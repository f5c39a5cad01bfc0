import { execFileSync } from 'node:child_process';
import { type Story, scene } from '../story';
import { aNamespace, anApp } from './apps-of-the-home';
import { goesOnToTheEnd, inventoryOf, inventoryOfStates, twice } from './inventory';

export const twoRuns = scene(
  'A second run waits for nobody and harms nothing',
  { short: true, seconds: 15 },
  async ({ house, runs, strikes, holds }) => {
    const app = anApp(house);
    house.world.vanish('kubernetes_service_v1', app.key);
    const hanging = house.trouble.make(
      { type: 'kubernetes_service_v1', steps: ['create'] },
      { kind: 'hang', when: 'before' },
    );
    const first = house.npm('deploy', '--yes', '--until=workloads');
    await strikes(hanging, first);

    const second = await runs(house.npm('plan', 'workloads'), 1);
    holds(
      'the second is refused by the lock, and says whose it is and since when',
      /another run holds the state: .* since \d{4}-/.test(second.all),
      second.all,
    );
    const complaint = /^(planning workloads\n)?workloads: [^\n]+$/;
    holds('in one line, after what it is doing', complaint.test(second.all.trim()), second.all);
    hanging.release();
    await runs(first);
    await runs(house.npm('plan', 'workloads'));
  },
);

/** A deploy that hangs while it makes a namespace: before it is there, or before the state knows of it. */
async function hangingDeploy({ house, strikes }: Story, when: 'before' | 'after') {
  const making = { ...aNamespace(house), steps: ['create'] } as const;
  const hanging = house.trouble.make(making, { kind: 'hang', when });
  const deploy = house.npm('deploy', '--yes', '--until=platform');
  await strikes(hanging, deploy);
  // In an object: whoever awaited the deploy itself would wait for its end.
  return { hanging, deploy };
}

/** Kills terraform in the middle of such a deploy. */
async function killTerraform(story: Story, when: 'before' | 'after'): Promise<void> {
  const { house, runs } = story;
  const { hanging, deploy } = await hangingDeploy(story, when);
  process.kill(house.terraforms().at(-1) ?? 0, 'SIGKILL');
  await runs(deploy, 1);
  hanging.release();
}

export const killed = scene(
  'Terraform is killed in the middle of an apply',
  { seconds: 60 },
  async (stage) => {
    const { house, runs, strikes, holds, equals, tell } = stage;
    const { world, trouble } = house;
    const complete = inventoryOf(world);
    await house.load('empty');

    tell('The power goes before the namespace is made.');
    await killTerraform(stage, 'before');
    // Terraform makes several things at once; what it had made and not written down yet is there without a state.
    await runs(house.npm('adopt', 'platform'));
    await runs(house.npm('deploy', '--yes', '--until=platform'));
    equals('what it made and did not write down is taken over', inventoryOfStates(house), inventoryOf(world));

    tell('Somebody presses Ctrl-C while an app is being made.');
    const during = trouble.make(
      { type: 'kubernetes_stateful_set_v1', steps: ['create'] },
      { kind: 'hang', when: 'before' },
    );
    const second = house.npm('deploy', '--yes');
    await strikes(during, second);
    second.interrupt();
    const interrupted = await second;
    during.release();
    // Some versions of npm pass the exit code on, others end by the signal they were sent.
    holds('the command does not end as if all were well', interrupted.code !== 0);
    holds(
      'the state was written and its lock given back',
      /interrupted/i.test(interrupted.all) && !house.has('.state/.workloads.tfstate.lock.info'),
      interrupted.all,
    );
    equals('and holds what was made', inventoryOfStates(house), inventoryOf(world));

    await runs(house.npm('deploy', '--yes'));
    equals('the next deploy goes on to the end', inventoryOf(world), complete);
    equals('and made nothing twice', twice(world.deeds), []);
    await runs(house.npm('plan'));
  },
);

/** The worst moment to die: the object is made, and the state does not know of it. */
export const unwritten = scene(
  'Terraform is killed before it writes down what it made',
  { seconds: 40 },
  async (stage) => {
    const { house, runs, holds, equals } = stage;
    const { world } = house;
    const complete = inventoryOf(world);
    await house.load('empty');
    await killTerraform(stage, 'after');

    const second = await runs(house.npm('deploy', '--yes', '--until=platform'), 1);
    holds(
      'the next deploy says what is there already, and what to do',
      /already exists/.test(second.all) && second.all.includes('npm run adopt -- platform'),
      second.all,
    );
    await runs(house.npm('adopt', 'platform'));
    await runs(house.npm('deploy', '--yes'));
    equals('it is taken over, and all the rest is made', inventoryOf(world), complete);
    equals('nothing was made twice', twice(world.deeds), []);
    await runs(house.npm('plan'));
  },
);

export const commandKilled = scene(
  'The command is killed, and Terraform ends its apply without it',
  { seconds: 70 },
  async (story) => {
    const { house, runs, holds } = story;
    const complete = inventoryOf(house.world);
    await house.load('empty');
    const { hanging, deploy } = await hangingDeploy(story, 'before');
    const terraform = house.terraforms().at(-1) ?? 0;
    process.kill(parentOf(terraform), 'SIGKILL');
    const killed = await deploy;
    holds('the command does not end as if all were well', killed.code !== 0);
    // Long enough for the next command to find it.
    setTimeout(hanging.release, 20_000);
    const next = await runs(house.npm('plan', 'platform'));
    holds(
      'the next command finds the apply that goes on, and waits for its end',
      next.all.includes(`still runs as process ${terraform}. Waiting for its end`) &&
        /kubernetes_namespace_v1\.apps made/.test(next.all),
      next.all,
    );
    await goesOnToTheEnd(story, complete);
  },
);

/** The process that started another one. */
const parentOf = (pid: number): number =>
  Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }));

export const providerKilled = scene(
  'A provider is killed in the middle of an apply',
  { seconds: 30 },
  async (story) => {
    const { house, runs, holds } = story;
    const complete = inventoryOf(house.world);
    await house.load('empty');
    const { hanging, deploy } = await hangingDeploy(story, 'before');
    await house.standIn.restart('kubernetes');
    const failed = await runs(deploy, 1);
    hanging.release();
    holds('the error names what was being made', failed.all.includes(aNamespace(house).address), failed.all);
    await runs(house.npm('adopt', 'platform'));
    await goesOnToTheEnd(story, complete);
  },
);
