import { formatProblems } from '@home/terraform';
import type { RootModule } from '../root-module';
import { explain } from './explain';
import type { Diagnostic } from './run-terraform';

const platform = {
  stack: 'platform',
  backend: { type: 'local', path: '../../.state/platform.tfstate' },
  workloadOf: () => 'replication',
} as unknown as RootModule;

const failed = (...diagnostics: Diagnostic[]): string => {
  const outcome = { diagnostics, complaint: '', output: '', interrupted: false };
  return formatProblems(explain(platform, outcome as never, 'npm run deploy').problems);
};

const trouble = (label: string, detail: string): Diagnostic => ({
  severity: 'error',
  summary: 'cannot read it',
  detail,
  address: `minio_${label}`,
});

it.each<[string, (port: number) => string, string]>([
  [
    'refuses connections',
    () => 'Get "http://10.0.0.4:9000/": dial tcp 10.0.0.4:9000: connect: connection refused',
    'dial tcp 10.0.0.4:9000: connect: connection refused',
  ],
  [
    'ends them, each from a port of its own',
    (port) =>
      `Get "http://10.0.0.4:9000/": read tcp 10.0.0.2:${port}->10.0.0.4:9000: read: connection reset by peer`,
    'read tcp 10.0.0.4:9000: read: connection reset by peer',
  ],
])('tells once that the store is away for several objects: it %s', (_, said, found) => {
  expect(failed(trouble('s3_bucket.replica', said(40001)), trouble('iam_user.litestream', said(40002)))).toBe(
    `platform/replication: minio_s3_bucket.replica and 1 more: the store (nas.s3.endpoint in libs/home/facts.ts) does not answer (${found}). ` +
      'Make it reachable and run `npm run deploy`; it continues where it stopped.',
  );
});
