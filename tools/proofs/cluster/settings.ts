import { existsSync, readFileSync } from 'node:fs';
import { type Problem, ProblemsError, isPlainObject } from '@home/terraform';
import type { Given } from '@home/command';
import { parse } from 'yaml';
import type { Target } from './kubectl';

/** What the proof needs to know about a cluster that it has never seen. */
export interface Settings {
  readonly target: Target;
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
  /** A node that may be lost, and the shell's command that takes it away. */
  readonly loss: Loss | undefined;
}

/** How a node is lost. */
export interface Loss {
  readonly node: string;
  readonly command: string;
}

/** How the proof is called. */
export const usage = {
  command: 'npm run prove:cluster',
  help: `npm run prove:cluster -- --context NAME [--kubeconfig FILE]
                         --s3 http://HOST:PORT --bucket NAME --gate HOST:PORT
                         [--workload memos-notes] [--rounds 3] [--end COMMAND]
                         [--node NAME --lose COMMAND] [--only TEXT]

Applies the generated pod of a workload to a real cluster, in a namespace of its
own and with a writer in the place of the app, stops it in every way there is,
and prints how many committed rows were lost. A cluster that carries the home is
refused. The namespace goes at the end; what a killed proof left, the next one
removes.
  --context     the cluster's context in the kubeconfig: no other is touched,
                whichever is in use
  --kubeconfig  left out: KUBECONFIG
  --s3          an S3 store over http; keys come from LITESTREAM_ACCESS_KEY_ID
                and LITESTREAM_SECRET_ACCESS_KEY
  --bucket      a bucket that is there; what is written below prove-cluster/
                stays
  --gate        an address of this machine that pods reach; the store is cut off
                there
  --rounds      how often each action is played
  --end         ends every pod of its node, so it is refused where there are
                others: 'talosctl reboot --nodes ADDRESS'
  --node        a node that is lost and forgotten at the end; pods prefer it
                until then
  --lose        takes it away as a power cut does ('ssh HOST virsh destroy
                NAME'), and is refused as --end is; start the node again
                afterwards
  --only        only actions whose name fits this regular expression`,
  options: {
    context: { type: 'string' },
    kubeconfig: { type: 'string' },
    s3: { type: 'string' },
    bucket: { type: 'string' },
    gate: { type: 'string' },
    workload: { type: 'string', default: 'memos-notes' },
    rounds: { type: 'string', default: '3' },
    end: { type: 'string' },
    node: { type: 'string' },
    lose: { type: 'string' },
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
  const { node, lose: command } = values;
  const loss = node !== undefined && command !== undefined ? { node, command } : undefined;
  if (loss === undefined && (node ?? command) !== undefined) {
    const where = node === undefined ? '--node' : '--lose';
    problems.push({
      where,
      what: 'must be given: --node and --lose belong together',
      remedy: 'See npm run prove:cluster -- --help',
    });
  }
  const kubeconfig = needed['--kubeconfig'][0];
  if (kubeconfig !== undefined) problems.push(...wrongContext(kubeconfig, values.context));
  if (problems.length > 0) throw new ProblemsError(problems);
  const given = (name: keyof typeof needed): string => needed[name][0] ?? '';
  const [host = '', port = ''] = given('--gate').split(':');
  return {
    target: { kubeconfig: given('--kubeconfig'), context: values.context ?? '' },
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
    loss,
  };
}

/** No cluster is meant unless it was named: the one in use may be the home. */
function wrongContext(kubeconfig: string, context: string | undefined): Problem[] {
  if (!existsSync(kubeconfig))
    return [{ where: '--kubeconfig', what: `"${kubeconfig}" must be a file`, remedy: 'Name the kubeconfig' }];
  const { names, current } = contextsIn(readFileSync(kubeconfig, 'utf8'));
  if (context !== undefined && names.includes(context)) return [];
  const [first = 'NAME'] = [...names.filter((name) => name !== current), ...names];
  const said = context === undefined ? 'must name the cluster to play on' : `"${context}" must be a context`;
  const known = names.map((name) => (name === current ? `"${name}" (in use)` : `"${name}"`)).join(', ');
  const what = `${said}, and ${kubeconfig} has ${known || 'none'}`;
  return [{ where: '--context', what, remedy: `Write --context ${first} if that one may be played with` }];
}

function contextsIn(text: string): { readonly names: readonly string[]; readonly current: unknown } {
  try {
    const config: unknown = parse(text);
    const { contexts, 'current-context': current } = isPlainObject(config) ? config : {};
    const list: readonly unknown[] = Array.isArray(contexts) ? contexts : [];
    return { names: list.map((one) => String(Object(one).name)), current };
  } catch {
    return { names: [], current: undefined };
  }
}
