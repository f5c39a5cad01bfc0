import fc from 'fast-check';
import { stringify } from 'yaml';
import { expectAll, holdAll, leavesIn, word } from '../example-import';

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
  await holdAll(fc.dictionary(word, service, { minKeys: 1, maxKeys: 3 }), {
    file: 'compose.yml',
    print: (services) => stringify({ services }),
    check: (services, { text, left, copies = [] }) => {
      for (const [name, { volumes, ...given }] of Object.entries(services)) {
        const told = left.filter(({ of }) => of === name).map(({ part = '', what }) => `${part} ${what}`);
        const mounts = volumes.map((part) => {
          const [from = '', to = ''] = part.split(':');
          return { part, is: text.includes(`'${to}'`) || told.some((what) => what.includes(from)) };
        });
        const copied = volumes.map((part) => {
          const [from = '', to = ''] = part.split(':');
          const isCopied = copies.some(
            (script) => script.text.includes(`${name} ${to} `) || script.text.includes(`${name}:${to} `),
          );
          const isShared = text.includes(`'${to}'`);
          return { part, is: isCopied || isShared || told.some((what) => what.includes(from)) };
        });
        const members = Object.entries(given)
          .filter(([member]) => member !== 'image')
          .map(([member, value]) => {
            const leaves = leavesIn(value).map(([, leaf]) => leaf);
            const arrives = leaves.every((leaf) => text.includes(leaf));
            const isTold = told.some(
              (what) => what.trim().startsWith(member) || leaves.every((leaf) => what.includes(leaf)),
            );
            return { part: { member, value }, is: arrives || isTold };
          });
        expectAll([...mounts, ...copied, ...members]);
      }
    },
  });
}, 120_000);
