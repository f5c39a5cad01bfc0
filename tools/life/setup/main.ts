import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Given, approve, openTerminal, readEnvironment, runCommand, runProgram } from '@home/command';
import { prettify } from '@home/files';
import { type HomeFacts, factsFile, isRootOfHome, readFacts } from '@home/home';
import { ProblemsError, formatProblem, refuse, writeFiles } from '@home/terraform';
import { makeRoot, rootVariable } from '@life/secrets';
import { removeFromHome } from '@tools/nx-home/remove';
import { answerAll } from './answer';
import { type Draft, newHome } from './draft';
import { givenAnswers } from './given-answers';
import { appsWithout, keepQuestion, optionalApps } from './kept-apps';
import { type Question, questionsFor } from './questions';
import { rewriteFacts } from './write-facts';

const workspace = join(__dirname, '../../..');
const text = { type: 'string' } as const;

const usage = {
  command: 'npm run setup',
  help: `npm run setup [-- OPTION …]

Asks what has no default in a home, holds each answer to the rules while you
type, writes libs/home/facts.ts, removes the apps that you do not keep, makes
the root secret and generates everything. Run again, it offers what is set.

Every question has an option; with all of them and --yes it asks nothing:
  --domain NAME --name CLUSTER --hostmaster NAME. --timezone ZONE
  --subnet-v4 SUBNET|none --gateway-v4 ADDRESS --nameservers ADDRESS,…
  --subnet-v6 SUBNET|none --gateway-v6 ADDRESS
  --node name=…,role=…,hardware=…,link=MAC|NAME,disk=…,v4=…,v6=…,memory=…
    once for each machine
  --virtual-address ADDRESS (several control planes) --entry-nodes NAME,…
  --store URL --store-kind given|minio --bucket NAME
  --nas ADDRESS|none --share PATH|none
  --alerts healthchecks.io|addresses|gotify|none --one-password ID|none
  --terraform terraform|tofu --keep APP,…|all|none`,
  options: {
    domain: text,
    name: text,
    hostmaster: text,
    timezone: text,
    'subnet-v4': text,
    'subnet-v6': text,
    'gateway-v4': text,
    'gateway-v6': text,
    nameservers: text,
    node: { type: 'string', multiple: true },
    'virtual-address': text,
    'entry-nodes': text,
    store: text,
    'store-kind': text,
    bucket: text,
    nas: text,
    share: text,
    alerts: text,
    'one-password': text,
    terraform: text,
    keep: text,
    yes: { type: 'boolean', default: false },
  },
} as const;

async function main({ values: { yes, node, ...others } }: Given<typeof usage.options>): Promise<number> {
  const terminal = openTerminal();
  const before = readFacts();
  const hasRoot = ownsHome();
  const apps = optionalApps(workspace);
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const questions = (draft: Draft): Question[] => [
    ...questionsFor(draft, timeZone),
    keepQuestion(workspace, apps, hasRoot),
  ];
  const { facts, problems, answers } = await answerAll(
    hasRoot ? (before as unknown as Draft) : newHome(before),
    questions,
    {
      given: givenAnswers(others, node),
      ...(terminal.interactive && {
        person: {
          ask: async ({ asks, suggestion }) => {
            const hint = suggestion === undefined ? '' : terminal.colors.dim(` [${suggestion}]`);
            const answer = await terminal.ask(`${asks}${hint}: `);
            if (answer === undefined) refuse(usage.command, 'was ended', 'Run it again; nothing was changed');
            return answer.trim() || suggestion || '';
          },
          correct: (faults) =>
            faults.forEach((fault) =>
              terminal.note(
                terminal.colors.yellow(`  ${formatProblem(fault).slice(`${fault.where}: `.length)}`),
              ),
            ),
        },
      }),
    },
  );
  if (problems.length > 0) throw new ProblemsError(problems);
  const gone = appsWithout(apps, answers.get('keep') ?? 'all');
  const written = await rewriteFacts(
    readFileSync(join(workspace, factsFile), 'utf8'),
    before,
    facts,
    hasRoot,
  );

  terminal.note(`\nWrites ${factsFile}${gone.length > 0 ? `, removes ${gone.join(', ')}` : ''}.`);
  if (!hasRoot) {
    terminal.note(
      'Makes a root secret. If this home runs already, end here and put its own .env into this folder first.',
    );
  }
  if (!(await approve(terminal, usage.command, 'Go on?', yes))) return 1;
  return make(written, gone, facts, hasRoot);
}

/** Whether the root secret at hand is that of the home which is described here. A new home has none. */
function ownsHome(): boolean {
  const root = readEnvironment(workspace, process.env)[rootVariable];
  if (root === undefined) return false;
  if (isRootOfHome(root)) return true;
  return refuse(
    rootVariable,
    'must be the root secret of the home that is described here, but belongs to another one',
    'Put the .env of this home into this folder; for a new home, take the variable out',
  );
}

async function make(
  written: string,
  gone: readonly string[],
  { replication: { firstDeploy } }: HomeFacts,
  hasRoot: boolean,
): Promise<number> {
  writeFiles(workspace, new Map([[factsFile, written]]));
  if (gone.length > 0) {
    const changed = new Map<string, string>();
    removeFromHome(workspace, gone, {
      delete: (path) => rmSync(join(workspace, path), { recursive: true, force: true }),
      write: (path, content) => changed.set(path, content),
    });
    for (const [path, content] of changed) {
      writeFileSync(join(workspace, path), await prettify(content, path));
    }
  }
  if (!hasRoot) makeRoot(workspace, { replace: false });
  // In a process of its own, which reads what was just written.
  const { exitCode } = await runProgram('npm', ['run', '--silent', 'generate'], {
    cwd: workspace,
    watched: true,
  });
  if (exitCode !== 0) {
    const remedy = 'Mend what it names, most likely in an app that wants what this home has not, and run it';
    refuse('npm run generate', 'must succeed with the new facts, which are written', remedy);
  }
  console.log(nextSteps(firstDeploy));
  return 0;
}

const nextSteps = (firstDeploy: boolean): string => `
Next:
  git diff                 what was written; keep a copy of .env outside of this machine, and out of git
  git commit --all         so that what you do next is told from it
  npm run doctor           what is missing: programs on this machine, and keys in .env (.env.example says which)
  npx nx g workload NAME   an app of your own
  npm run rehearse         plays your home on this machine, without a cluster
  npm run deploy           ${firstDeploy ? 'brings it up: docs/chores/deploy-an-empty-house.md' : 'brings the real home to it'}`;

runCommand(usage, main);
