import { commonOptions, homeOption, homeUsage, inNamespaces, runProof } from '../engine';
import { spareHost, storeAddresses } from './files-to-play';
import { findPrograms } from './find-programs';
import { scenes } from './scenes';
import { sharesOf } from './scenes/files-on-a-share';
import { setStage } from './stage';

const usage = {
  command: 'npm run prove:data',
  help: `npm run prove:data -- [--short] [--rounds GRACEFUL,HARD] [--only TEXT]
                      [--lanes N] [--guards] [--from FOLDER] [--home NAME]

Plays the pods of the generated files with the real Litestream, SQLite and an S3
server.
  --short   the selection that npm run check plays; builds no components
  --rounds  how many graceful restarts and how many kills are played: 30,20,
            and 200,100 on demand
  --only    only scenes whose title fits this regular expression
  --lanes   how many scenes are played at once
  --guards  takes the lines that keep data out of the scripts, one at a time,
            and must see a scene fail for each
  --from    the folder of the generated files, if not terraform
  ${homeUsage}`,
  options: {
    ...commonOptions,
    rounds: { type: 'string' },
    guards: { type: 'boolean', default: false },
    lanes: { type: 'string', default: '4' },
    from: { type: 'string', default: 'terraform' },
    ...homeOption,
  },
} as const;

/** The addresses of the store and the share, which belong to the machine in the proof's own network. */
function addressesOfNas(from: string): string[] {
  return [...new Set([spareHost, ...storeAddresses(from), ...sharesOf(from).map(({ server }) => server)])];
}

runProof(
  usage,
  inNamespaces({
    scenes,
    whyNot: async ({ from, short }) =>
      storeAddresses(from).length === 0
        ? `no workload in ${from} has a replicated database`
        : (await findPrograms(from, !short)).missing.join('; ') || undefined,
    lanes: ({ lanes }) => Number(lanes),
    addresses: ({ from }) => addressesOfNas(from),
    setStage: async ({ short, rounds = short ? '4,4' : '30,20', from }) => {
      const [gracefulRounds = 0, hardRounds = 0] = rounds.split(',').map(Number);
      const { programs } = await findPrograms(from, false);
      const stage = await setStage(from, programs, { short, gracefulRounds, hardRounds });
      return {
        stage,
        kept: `pods and replicas are kept in ${stage.base} until the next run`,
        end: (good) => stage.end(good),
      };
    },
  }),
);
