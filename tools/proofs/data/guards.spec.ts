import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { guards } from './guards';
import { scenes } from './scenes';

const folder = join(__dirname, '../../../libs/kubernetes/litestream');

it.each(guards)(
  '$script: takes out a line that stands there once: $line',
  ({ script, line, instead, scene }) => {
    const text = readFileSync(join(folder, script), 'utf8');
    expect(text.split(line)).toHaveLength(2);
    expect(text.replace(line, () => instead)).not.toBe(text);
    expect(scenes.map(({ title }) => title)).toContain(scene);
  },
);
