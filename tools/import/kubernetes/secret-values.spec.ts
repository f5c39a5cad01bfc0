import { stringify } from 'yaml';
import { printWorkloads } from '../code/print-workload';
import { exampleSurroundings } from '../example-surroundings';
import { importManifests } from './import-manifests';

async function importing(...objects: readonly object[]) {
  const text = objects.map((object) => stringify(object)).join('---\n');
  const imported = importManifests([{ file: 'all.yaml', text }], exampleSurroundings);
  expect(imported.problems).toEqual([]);
  const code = [...(await printWorkloads(imported.workloads)).values()].join('');
  return { ...imported, code, told: imported.left.map(({ where, what }) => `${where}: ${what}`) };
}

const pod = (name: string, ...env: readonly object[]) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'apps' },
  spec: { containers: [{ name: 'web', image: 'example.org/web:1', env }] },
});
const token = { name: 'API_TOKEN', value: 'hunter2token' };

describe('what looks secret in the environment of a container', () => {
  it('is in a new Secret, of which the report tells', async () => {
    const { code, told, found, variables } = await importing(pod('web', token, { name: 'MODE', value: 'a' }));
    expect(code).not.toContain('hunter');
    expect(code).toContain(`data_wo: { API_TOKEN: webEnvironmentApiToken.ref }`);
    expect(code).toContain(`secret_key_ref: { name: secret.ref.metadata[0].name, key: 'API_TOKEN' }`);
    expect(code).toContain(`{ name: 'MODE', value: 'a' }`);
    expect(found).toBe('1 object');
    expect(told).toEqual([
      'all.yaml:11: Pod web: API_TOKEN looks secret and is now in the new Secret web-environment',
    ]);
    expect(variables).toMatchObject([
      {
        name: 'web_environment_api_token',
        holds: 'API_TOKEN of the Secret web-environment',
        where: 'all.yaml:11',
      },
    ]);
  });

  it('goes to a Secret whose name is free', async () => {
    const taken = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'web-environment', namespace: 'apps' },
    };
    const { told } = await importing(taken, pod('web', token));
    expect(told).toEqual([expect.stringContaining('the new Secret web-environment-2')]);
  });

  it('stays where it names other variables, which Kubernetes puts in only there, and is listed', async () => {
    const { code, told } = await importing(
      pod('web', { name: 'URL', value: 'db://me:hunter@$(HOST)' }, { name: 'API_KEY', value: '$(OTHER)' }),
    );
    expect(code).toContain('hunter');
    expect(told).toEqual([
      'all.yaml:11: Pod web: URL looks secret and stays in the code, since it names other variables',
    ]);
  });
});
