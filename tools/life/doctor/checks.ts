import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import {
  type GeneratedBlock,
  generatedReplicas,
  readGeneratedHome,
  readGeneratedStack,
} from '@home/generated';
import { type HomeFacts, checkFacts, factsFile, home, isAtHome, isRootOfHome, readFacts } from '@home/home';
import { ProblemsError } from '@home/terraform';
import { accessFile } from '@life/machines';
import { findTools, formatAge, lastWrite } from '@tools/life/restore';
import { certificatesIn, dueWithin } from '@tools/life/talos';
import { missingCredentials, readRootModule, readableByOthers, unsafeIn } from '@tools/life/terraform';
import { checkHome } from '@tools/nx-home';
import { readStacks } from '@tools/nx-home/graph';
import { type Check, type Finding, type Patient, fineUnless, together } from './finding';
import { validityOf } from './validity';

export const homeFacts: Check = {
  title: 'facts of the home',
  look: () => fineUnless(checkFacts(readFacts()), factsFile, 'holds together'),
};

export const generatedFiles: Check = {
  title: 'generated files',
  look: async ({ root }) => fineUnless(await checkHome(root), 'terraform/', 'is what the home describes'),
};

export const credentials: Check = {
  title: 'credentials',
  look: (patient) => [...rootSecret(patient), ...credentialsOfStacks(patient)],
};

/** What the stacks need says whether it is missing. */
function rootSecret({ environment }: Patient): Finding[] {
  const what = 'TF_VAR_home_root_secret';
  const secret = environment[what];
  if (!secret) return [];
  if (isRootOfHome(secret)) {
    return [{ what, state: 'fine', detail: 'matches the fingerprint in libs/home/secrets.json' }];
  }
  const detail = 'does not match the fingerprint in libs/home/secrets.json';
  const remedy =
    'Load the .env that belongs to this home, or make a root of your own with `npm run secrets -- new`';
  return [{ what, state: 'broken', detail, remedy }];
}

/** One line for what several stacks miss. */
function credentialsOfStacks({ root, environment }: Patient): Finding[] {
  const findings = readStacks(root).names.flatMap((stack) => {
    const missing = missingCredentials(environment, readRootModule(root, stack));
    return fineUnless(missing, stack, 'finds what it needs in the environment');
  });
  return together(findings);
}

export const secretFiles: Check = {
  title: 'files that hold secrets',
  async look(patient) {
    const { root, environment } = patient;
    const files = [
      resolve(root, '.env'),
      accessFile(patient, 'kubeconfig'),
      accessFile(patient, 'talosconfig'),
    ];
    const states = readStacks(root).names.map(async (stack) => {
      const unsafe = await unsafeIn({ root, environment, home }, readRootModule(root, stack));
      return fineUnless(unsafe, `state of ${stack}`, 'is readable by its owner alone');
    });
    const present = files.filter((file) => existsSync(file));
    return [
      ...present.flatMap((file) =>
        fineUnless(readableByOthers(root, [file]), relative(root, file), 'its owner alone can read it'),
      ),
      ...(await Promise.all(states)).flat(),
    ];
  },
};

export const certificates: Check = {
  title: 'certificates',
  look(patient) {
    // Those of a Kubernetes that is somebody else's are its owner's matter.
    if (!readStacks(patient.root).names.includes('cluster')) return [];
    return [accessFile(patient, 'kubeconfig'), accessFile(patient, 'talosconfig')].flatMap((file) =>
      certificatesOf(file, relative(patient.root, file)),
    );
  },
};

function certificatesOf(file: string, what: string): Finding[] {
  if (!existsSync(file)) {
    const remedy = '`npm run deploy` writes it once the cluster is up';
    return [{ what, state: 'unseen', detail: 'is not there', remedy }];
  }
  return certificatesIn(file).map(({ name, certificate }) => {
    const { state, detail } = validityOf(certificate, dueWithin);
    const renewal = 'Run `npm run deploy -- --until=cluster`, which renews them within their last month';
    const remedy = state === 'fine' ? undefined : renewal;
    return { what, state, detail: `${name} ${detail}`, remedy };
  });
}

/** Stores whose keys, and all that is sent, travel in the clear: at home nobody listens, beyond it anybody may. */
export const wayToStores: Check = {
  title: 'the way to the stores',
  look: () => lookAtWays(home),
};

/** @param facts where the stores are, and the home's own subnets */
export function lookAtWays({ nas, network, terraform: { backend } }: HomeFacts): Finding[] {
  const states = backend.kind === 's3' ? backend.endpoint : undefined;
  const stores = [
    { what: 'nas.s3.endpoint', endpoint: nas.s3.endpoint },
    ...(states === undefined ? [] : [{ what: 'terraform.backend.endpoint', endpoint: states }]),
  ];
  return stores.map(({ what, endpoint }): Finding => {
    if (endpoint.startsWith('https:')) return { what, state: 'fine', detail: 'is spoken to over https' };
    if (isAtHome(new URL(endpoint).hostname, network.subnets))
      return { what, state: 'fine', detail: 'is spoken to over http, within the home’s own subnets' };
    const detail = `${endpoint} gets keys and data in the clear, and is no address in network.subnets`;
    return { what, state: 'due', detail, remedy: 'Use https: docs/chores/another-s3-store.md' };
  });
}

/** What lets a database start empty. Left on, an emptied bucket or a wrong path would be taken for a new app. */
export const emptyStarts: Check = {
  title: 'databases that may start empty',
  look: ({ root }) => lookAtStarts(home, readGeneratedHome(join(root, 'terraform'))),
};

/** @param blocks what is generated: there stands of each pod whether its database may be missing */
export function lookAtStarts(
  { replication }: Pick<HomeFacts, 'replication'>,
  blocks: readonly GeneratedBlock[],
): Finding[] {
  if (replication.firstDeploy) {
    const remedy = 'Once the home is up, set it to false, generate and deploy';
    const detail = 'is true: each database may start empty, even where its replica is only missing';
    return [{ what: 'replication.firstDeploy', state: 'due', detail, remedy }];
  }
  const mayBeEmpty = blocks.filter(({ body }) =>
    /"name":"REPLICA_FIRST","value":"new"/.test(JSON.stringify(body)),
  );
  if (mayBeEmpty.length === 0) {
    return [{ what: 'databases', state: 'fine', detail: 'none may start empty' }];
  }
  const remedy = 'Once it has a replica, take it out, generate and apply';
  return mayBeEmpty.map(({ stack, workload }) => ({
    what: `apps/${stack}/${workload}`,
    state: 'due',
    detail: "has first: 'new', so its database may start empty even where its replica is only missing",
    remedy,
  }));
}

/** A quiet app writes seldom, so that no age is wrong by itself; that nothing is there at all is. */
export const replicas: Check = {
  title: 'replicas',
  async look({ root, environment }) {
    const all = readStacks(root).names.flatMap((stack) =>
      generatedReplicas(readGeneratedStack(stack, join(root, 'terraform'))),
    );
    if (all.length === 0) return [];
    try {
      const tools = findTools(home.images.litestream, environment);
      return await Promise.all(
        all.map(async (replica): Promise<Finding> => {
          const what = `replica of ${replica.name}`;
          try {
            const time = await lastWrite(tools, replica);
            if (time !== undefined) return { what, state: 'fine', detail: `last written ${formatAge(time)}` };
            const remedy = 'See what `npm run drill` says, and whether the app runs';
            return { what, state: 'due', detail: 'holds nothing written by Litestream 0.5', remedy };
          } catch (error) {
            const reason = (error instanceof Error ? error.message : String(error)).split('\n')[0];
            const remedy = `Look whether ${replica.endpoint || 'the store'} answers`;
            return { what, state: 'unseen', detail: `cannot be read (${reason})`, remedy };
          }
        }),
      );
    } catch (error) {
      if (!(error instanceof ProblemsError)) throw error;
      return error.problems.map(({ where, what, remedy }) => ({
        what: 'age of the replicas',
        state: 'unseen',
        detail: `${where} ${what}`,
        remedy,
      }));
    }
  },
};
