import { parse } from 'yaml';
import { abbreviate } from './bookmarks';
import { files } from './config';

describe('the dashboard’s configuration', () => {
  it.each([
    ['Developer Tools', 'DT'],
    ['GitHub', 'GH'],
    ['Litestream', 'LI'],
    ['NAS', 'NA'],
    ['7-Zip 24', '7Z'],
  ])('abbreviates %s to %s', (name, expected) => {
    expect(abbreviate(name)).toBe(expected);
  });

  it('names secrets and holds none', () => {
    const services = parse(files['services.yaml'] ?? '') as { Infra: Record<string, { widget: object }>[] }[];
    const widgets = services.flatMap(({ Infra }) => Infra.flatMap((entry) => Object.values(entry)));
    expect(widgets.map(({ widget }) => widget)).toEqual([
      expect.objectContaining({
        username: '{{HOMEPAGE_VAR_JDOWNLOADER_USERNAME}}',
        password: '{{HOMEPAGE_VAR_JDOWNLOADER_PASSWORD}}',
      }),
    ]);
  });

  it('leaves nothing for Homepage to write into its read-only folder', () => {
    expect(Object.keys(files).sort()).toEqual([
      'bookmarks.yaml',
      'custom.css',
      'custom.js',
      'docker.yaml',
      'kubernetes.yaml',
      'proxmox.yaml',
      'services.yaml',
      'settings.yaml',
      'widgets.yaml',
    ]);
  });
});
