import { makeTemporaryFolder } from '@home/files';
import fc from 'fast-check';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { printWorkloads } from '../code/print-workload';
import { exampleSurroundings } from '../example-surroundings';
import { importFrom } from '../import-home';

const word = fc.stringMatching(/^[a-z]{3,6}$/);
const target = word.map((name) => `/srv/${name}`);
const source = fc.oneof(
  word,
  word.map((name) => `./${name}`),
  word.map((name) => `/mnt/${name}/data`),
  fc.constantFrom('/var/run/docker.sock', '/dev/dri', '/etc/localtime', '/sys', '/proc'),
);
const mount = fc
  .tuple(source, target, fc.constantFrom('', ':ro'))
  .map((parts) => `${parts[0]}:${parts[1]}${parts[2]}`);

/** Members of a service with values that tell them from each other. */
const members = {
  hostname: word,
  command: fc.array(
    word.map((one) => `--x${one}`),
    { minLength: 1, maxLength: 3 },
  ),
  working_dir: word.map((one) => `/srv/${one}`),
  environment: fc.dictionary(
    word.map((one) => one.toUpperCase()),
    word,
    { maxKeys: 3 },
  ),
  labels: fc.dictionary(word, word, { minKeys: 1, maxKeys: 2 }),
  container_name: word,
  privileged: fc.constant(true),
  cap_add: fc.constant(['NET_ADMIN']),
  devices: fc.constant(['/dev/ttyUSB0']),
  network_mode: fc.constantFrom('host', 'none', 'service:other'),
  ulimits: fc.constant({ nofile: 5 }),
  restart: fc.constantFrom('no', 'on-failure'),
  stop_signal: fc.constant('SIGINT'),
  init: fc.constant(true),
  gpus: fc.constant('all'),
  pids_limit: fc.constant(9),
  deploy: fc.constantFrom({ placement: { constraints: ['a'] } }, { resources: { limits: { pids: 3 } } }),
  made_up: word,
};

const service = fc.record(
  {
    image: fc.constantFrom('example.org/a:1.0', 'postgres:16.3', 'redis', 'lscr.io/linuxserver/sonarr'),
    volumes: fc.uniqueArray(mount, { maxLength: 4, selector: (one) => one.split(':')[1] }),
    ...members,
  },
  { requiredKeys: ['image', 'volumes'] },
);

// What an app writes, and what it is told to do, is nothing that anybody notices missing before it is too late.
it('brings each part of a service along, or tells of it', async () => {
  const folder = makeTemporaryFolder();
  const file = join(folder, 'compose.yml');
  await fc.assert(
    fc.asyncProperty(fc.dictionary(word, service, { minKeys: 1, maxKeys: 3 }), async (services) => {
      writeFileSync(file, stringify({ services }));
      const {
        workloads,
        left,
        copies = [],
      } = await importFrom({ from: file, stack: 'workloads' }, exampleSurroundings);
      const code = [...(await printWorkloads(workloads)).values()].join('\n');
      for (const [name, { volumes, ...given }] of Object.entries(services)) {
        const told = left.filter(({ of }) => of === name).map(({ what }) => what);
        for (const one of volumes) {
          const [from = '', to = ''] = one.split(':');
          const isMounted = code.includes(`'${to}'`);
          const isCopied = copies.some(
            (line) => line.includes(`${name} ${to} `) || line.includes(`${name}:${to} `),
          );
          const isShared = volumes.length > 0 && isMounted;
          expect({ one, is: isMounted || told.some((what) => what.includes(from)) }).toEqual({
            one,
            is: true,
          });
          expect({ one, is: isCopied || isShared || told.some((what) => what.includes(from)) }).toEqual({
            one,
            is: true,
          });
        }
        for (const [member, value] of Object.entries(given).filter(([key]) => key !== 'image')) {
          const texts = textsIn(value);
          const arrives = texts.every((text) => code.includes(text));
          const isTold = told.some((what) => what.startsWith(member));
          expect({ member, value, is: arrives || isTold }).toEqual({ member, value, is: true });
        }
      }
    }),
    { numRuns: 25 },
  );
  rmSync(folder, { recursive: true });
}, 120_000);

const textsIn = (value: unknown): string[] =>
  typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [String(value)];
