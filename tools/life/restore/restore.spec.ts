import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryWorkspace } from '@home/testing';
import { differences } from './drill';
import { formatAge } from './restore-replica';

const rows = (given: Record<string, number>) => new Map(Object.entries(given));

it.each([
  ['2026-11-23T11:59:30Z', 'less than a minute ago'],
  ['2026-11-23T11:58:00Z', '2 minutes ago'],
  ['2026-11-23T11:00:00Z', '1 hour ago'],
  ['2026-11-20T12:00:00Z', '3 days ago'],
])('says how long ago %s was', (time, words) => {
  expect(formatAge(new Date(time), new Date('2026-11-23T12:00:00Z'))).toBe(words);
});

it('says that a replica of Litestream 0.3 has no such time', () => {
  expect(formatAge(undefined)).toBe('by Litestream 0.3, which does not say when');
});

it('takes what is written during the restore for no difference', () => {
  const live = { before: rows({ memo: 10 }), after: rows({ memo: 12 }) };
  expect(differences(rows({ memo: 11 }), live)).toEqual([]);
});

it('names a table that lacks rows, and one that is missing', () => {
  const live = { before: rows({ memo: 10, user: 1 }), after: rows({ memo: 10, user: 1 }) };
  expect(differences(rows({ memo: 9 }), live)).toEqual([
    'memo has 9 rows, the live one 10',
    'user has 0 rows, the live one 1',
  ]);
});

it('takes its keys from .env', () => {
  const house = temporaryWorkspace({ 'terraform/workloads/notes.tf.json': '{}' });
  try {
    for (const folder of ['tools/life/restore', 'tools/life/programs']) {
      cpSync(join(__dirname, '../../..', folder), join(house.root, folder), { recursive: true });
    }
    const loader = './tools/nx-home/typescript.cjs';
    const restore = () =>
      house.run('node', '-r', loader, 'tools/life/restore/main.ts', 'restore', 'no-such-one');
    expect(restore().stderr).toContain('LITESTREAM_ACCESS_KEY_ID: must be in the environment or in .env.');
    house.write({ '.env': 'LITESTREAM_ACCESS_KEY_ID=a\nLITESTREAM_SECRET_ACCESS_KEY=b\n' });
    expect(restore().stderr).not.toContain('LITESTREAM');
  } finally {
    rmSync(house.root, { recursive: true });
  }
});
