import { jsonencode, resourceBlock, tf } from '@home/terraform';
import { complaints } from './example-home';
import { noCarriageReturns } from './line-ends';

const configMap = (data: unknown) => resourceBlock('kubernetes_config_map_v1', 'files', { data });
const refusal = (key: string): string =>
  `apps/workloads/app: kubernetes_config_map_v1.files: data["${key}"] must end its lines with \\n alone, but has \\r. Save the file with LF, and check out with core.autocrlf off.`;

describe('noCarriageReturns', () => {
  it.each([
    [
      'lines that end with a newline',
      configMap({ 'run.sh': 'set -e\nexec app\n', rules: jsonencode(['\r']) }),
    ],
    ['no data', configMap(undefined)],
    ['another object', resourceBlock('kubernetes_secret_v1', 'files', { data: { key: 'a\r\n' } })],
  ])('accepts %s', (_, block) => {
    expect(complaints(noCarriageReturns, block)).toEqual([]);
  });

  it('names each file that has them, also one that is put together', () => {
    const data = { 'run.sh': 'set -e\r\n', 'old.sh': 'a\rb', 'made.sh': tf`${'a'}\n${'b\r\n'}`, fine: '' };
    expect(complaints(noCarriageReturns, configMap(data)).sort()).toEqual(
      ['made.sh', 'old.sh', 'run.sh'].map(refusal),
    );
  });
});
