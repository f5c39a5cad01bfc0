import { ProblemsError } from '@home/terraform';
import type { Given } from '@home/command';

/** What the proof needs to know about a cluster that it has never seen. */
export interface Settings {
  readonly kubeconfig: string;
  /** `http://host:port` of an S3 store with a bucket that the keys may write to. */
  readonly endpoint: URL;
  readonly bucket: string;
  readonly keys: Readonly<Record<'LITESTREAM_ACCESS_KEY_ID' | 'LITESTREAM_SECRET_ACCESS_KEY', string>>;
  /** `host:port` of this machine as pods reach it: the store's traffic passes here, so that it can be cut off. */
  readonly gate: { readonly host: string; readonly port: number };
  readonly workload: string;
  readonly rounds: number;
  /** A shell's command after which the node ends the pod by itself. */
  readonly end: string | undefined;
}

/** How the proof is called. */
export const usage = {
  command: 'npm run prove:cluster',
  help: `npm run prove:cluster -- [--kubeconfig FILE] --s3 http://HOST:PORT --bucket NAME --gate HOST:PORT
                         [--workload memos-notes] [--rounds 3] [--end COMMAND] [--only TEXT]

Applies the generated pod of a workload to a real cluster, in a namespace of its own and with a writer in the place of
the app, stops it in every way there is, and prints how many committed rows were lost.
  --kubeconfig  left out: KUBECONFIG
  --s3          an S3 store over http; keys come from LITESTREAM_ACCESS_KEY_ID and LITESTREAM_SECRET_ACCESS_KEY
  --bucket      a bucket that is there; what is written below prove-cluster/ stays
  --gate        an address of this machine that pods reach; the store is cut off there
  --rounds      how often each action is played
  --end         ends every pod of its node, so only where there are no others: 'talosctl reboot --nodes ADDRESS'
  --only        only actions whose name fits this regular expression`,
  options: {
    kubeconfig: { type: 'string' },
    s3: { type: 'string' },
    bucket: { type: 'string' },
    gate: { type: 'string' },
    workload: { type: 'string', default: 'memos-notes' },
    rounds: { type: 'string', default: '3' },
    end: { type: 'string' },
    only: { type: 'string', default: '' },
  },
} as const;

/**
 * Checks arguments and environment.
 *
 * @throws ProblemsError with everything that is missing
 */
export function readSettings(values: Given<typeof usage.options>['values']): Settings {
  const env = (name: string): string | undefined => process.env[name] || undefined;
  const needed = {
    '--kubeconfig': [values.kubeconfig ?? env('KUBECONFIG'), /./, 'a kubeconfig'],
    '--s3': [values.s3, /^http:\/\/[^/]+:\d+\/?$/, 'an address such as http://10.0.0.4:9000'],
    '--bucket': [values.bucket, /./, 'the name of a bucket'],
    '--gate': [values.gate, /^[^:]+:\d+$/, 'an address such as 10.0.0.5:9100'],
    '--rounds': [values.rounds, /^[1-9]\d*$/, 'a number'],
    LITESTREAM_ACCESS_KEY_ID: [env('LITESTREAM_ACCESS_KEY_ID'), /./, 'in the environment'],
    LITESTREAM_SECRET_ACCESS_KEY: [env('LITESTREAM_SECRET_ACCESS_KEY'), /./, 'in the environment'],
  } satisfies Record<string, readonly [value: string | undefined, form: RegExp, what: string]>;
  const problems = Object.entries(needed)
    .filter(([, [value = '', form]]) => !form.test(value))
    .map(([where, [value, , what]]) => ({
      where,
      what: `${value === undefined ? '' : `"${value}" `}must be ${what}`,
      remedy: 'See npm run prove:cluster -- --help',
    }));
  if (problems.length > 0) throw new ProblemsError(problems);
  const given = (name: keyof typeof needed): string => needed[name][0] ?? '';
  const [host = '', port = ''] = given('--gate').split(':');
  return {
    kubeconfig: given('--kubeconfig'),
    endpoint: new URL(given('--s3')),
    bucket: given('--bucket'),
    keys: {
      LITESTREAM_ACCESS_KEY_ID: given('LITESTREAM_ACCESS_KEY_ID'),
      LITESTREAM_SECRET_ACCESS_KEY: given('LITESTREAM_SECRET_ACCESS_KEY'),
    },
    gate: { host, port: Number(port) },
    workload: values.workload,
    rounds: Number(values.rounds),
    end: values.end,
  };
}
