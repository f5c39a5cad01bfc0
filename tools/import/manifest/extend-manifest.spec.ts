import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { extendManifest, extendStack } from './extend-manifest';

const manifest = readFileSync(join(__dirname, '../../../libs/providers/manifest.ts'), 'utf8');

describe('the manifest of the providers', () => {
  it('takes new types in alphabetical order, and nothing else changes', async () => {
    const types = ['kubernetes_limit_range_v1', 'kubernetes_service_v1', 'kubernetes_limit_range_v1'];
    const extended = await extendManifest(manifest, [{ provider: 'kubernetes', list: 'resources', types }]);
    expect(extended.replace("      'kubernetes_limit_range_v1',\n", '')).toBe(manifest);
    expect(extended).toMatch(
      /'kubernetes_job_v1',\n +'kubernetes_limit_range_v1',\n +'kubernetes_namespace_v1',/,
    );
  });

  it('takes types into a list that is empty', async () => {
    const wanted = [{ provider: 'gotify', list: 'dataSources', types: ['gotify_x'] }] as const;
    expect(await extendManifest(manifest, wanted)).toContain("dataSources: ['gotify_x'],");
  });

  it('stays as it is when nothing is new', async () => {
    const wanted = [{ provider: 'kubernetes', list: 'resources', types: ['kubernetes_service_v1'] }] as const;
    expect(await extendManifest(manifest, wanted)).toBe(manifest);
  });
});

describe('the providers of a stack', () => {
  const stack = (given: string) =>
    `import { stack } from '@home/home';\n\nexport default stack({ providers: { ${given} } });\n`;

  it('take one more', async () => {
    expect(await extendStack(stack('kubernetes: []'), ['tls'])).toBe(
      `import { provider } from '@home/providers';\n${stack("kubernetes: [], tls: [provider('tls', {})]")}`,
    );
  });

  it('stay as they are where one is declared already', async () => {
    expect(await extendStack(stack('tls: []'), ['tls'])).toBe(stack('tls: []'));
  });
});
