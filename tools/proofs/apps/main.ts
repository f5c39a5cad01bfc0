import { exampleFacts } from '@home/home/examples';
import { spareHost } from '../data/files-to-play';
import { findPrograms } from '../data/find-programs';
import { commonOptions, inNamespaces, runProof } from '../engine';
import { obtainPrograms, scenes } from './scenes';
import { setAppStage } from './stage';

const usage = {
  command: 'npm run prove:apps',
  help: `npm run prove:apps -- [--only TEXT]

Starts the apps of recipes for real, with the environment, users, read-only root
and mounts that are generated for them, writes through their own interface,
stops and kills them, and starts them anew from their replica and their files.
Their programs are built from Go modules and installed from PyPI and the npm
registry, once, into .cache/apps.
  --only    only scenes whose title fits this regular expression`,
  options: { only: commonOptions.only },
} as const;

/** The store of the home that is made for the proof. */
const { address = '' } = exampleFacts['one-machine'].nas;

runProof(
  usage,
  inNamespaces({
    scenes,
    whyNot: async () => {
      const { missing } = await findPrograms('terraform', true);
      if (missing.length === 0) await obtainPrograms();
      return missing.join('; ') || undefined;
    },
    lanes: () => 1,
    addresses: () => [spareHost, address],
    setStage: () => setAppStage(),
  }),
);
