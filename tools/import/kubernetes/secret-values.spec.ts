import { stringify } from 'yaml';
import { printWorkloads } from '../code/print-workload';
import { exampleSurroundings } from '../example-surroundings';
import { importManifests } from './import-manifests';

async function importing(...objects: readonly object[]) {
  const text = objects.map((object) => stringify(object)).join('---\n');
  const imported = importManifests([{ file: 'all.yaml', text }], exampleSurroundings);
  expect(imported.problems).toEqual([]);
  const code = [...(await printWorkloads(imported.workloads)).values()].join('');
  return { ...imported, code };
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
    const { code, found, variables } = await importing(pod('web', token, { name: 'MODE', value: 'a' }));
    expect(code).not.toContain('hunter');
    expect(code).toContain(`data_wo: { API_TOKEN: webEnvironmentApiToken.ref }`);
    expect(code).toContain(`secret_key_ref: { name: secret.ref.metadata[0].name, key: 'API_TOKEN' }`);
    expect(code).toContain(`{ name: 'MODE', value: 'a' }`);
    expect(found).toBe('1 object');
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
    const { variables } = await importing(taken, pod('web', token));
    expect(variables).toMatchObject([{ holds: 'API_TOKEN of the Secret web-environment-2' }]);
  });

  it('is put together from parts where it names other variables, which Kubernetes puts in only there', async () => {
    const { code } = await importing(
      pod('web', { name: 'URL', value: 'db://me:hunter@$(HOST)' }, { name: 'API_KEY', value: '$(OTHER)' }),
    );
    expect(code).not.toContain('hunter');
    expect(code).toContain("{ name: 'URL', value: '$(URL_PART_1)$(HOST)' }");
    expect(code).toContain("{ name: 'API_KEY', value: '$(OTHER)' }");
  });

  it('is taken out of commands, too', async () => {
    const run = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' } };
    const containers = [
      { name: 'web', image: 'example.org/web:1', args: ['--token', 'hunter2', '--db-password=hunter3'] },
    ];
    const { code } = await importing({ ...run, spec: { containers } });
    expect(code).not.toContain('hunter');
    expect(code).toContain("args: ['--token', '$(SECRET_TOKEN)', '--db-password=$(SECRET_DB_PASSWORD)']");
  });

  it('leaves a ConfigMap for a Secret, which is read where it is read', async () => {
    const config = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'c' },
      data: { API_TOKEN: 'hunter2', MODE: 'a' },
    };
    const containers = [
      {
        name: 'web',
        image: 'example.org/web:1',
        envFrom: [{ configMapRef: { name: 'c' } }],
        env: [{ name: 'T', valueFrom: { configMapKeyRef: { name: 'c', key: 'API_TOKEN' } } }],
        volumeMounts: [{ name: 'c', mountPath: '/c' }],
      },
    ];
    const spec = { containers, volumes: [{ name: 'c', configMap: { name: 'c' } }] };
    const { code } = await importing(config, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web' },
      spec,
    });
    expect(code).not.toContain('hunter');
    expect(code).toContain("data: { MODE: 'a' }");
    expect(code).toMatch(/env_from: \[\s*\{ config_map_ref[^}]*\} \},\s*\{ secret_ref/);
    expect(code).toMatch(/name: 'T',\s*value_from: \{\s*secret_key_ref/);
    expect(code).toMatch(/projected: \[?\{?[\s\S]*sources: [\s\S]*config_map[\s\S]*secret/);
  });
});
