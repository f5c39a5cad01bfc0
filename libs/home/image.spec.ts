import { parseImage } from './image';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

it.each([
  ['traefik', { repository: 'traefik' }],
  ['traefik:v3.4.4', { repository: 'traefik', tag: 'v3.4.4' }],
  ['wallabag/wallabag:2.6.13', { repository: 'wallabag/wallabag', tag: '2.6.13' }],
  ['registry.rpi:5000/app', { repository: 'registry.rpi:5000/app' }],
  ['registry.rpi:5000/team/app:1', { repository: 'registry.rpi:5000/team/app', tag: '1' }],
  ['localhost:5000', { repository: 'localhost', tag: '5000' }],
  ['localhost:5000/app', { repository: 'localhost:5000/app' }],
  ['[fd00::1]:5000/app:1', { repository: '[fd00::1]:5000/app', tag: '1' }],
  ['127.0.0.1/app:1', { repository: '127.0.0.1/app', tag: '1' }],
  ['a__b/c.d--e:1_2-3.4', { repository: 'a__b/c.d--e', tag: '1_2-3.4' }],
  [`traefik@${digest}`, { repository: 'traefik', digest }],
  [`ghcr.io/a/b:latest@${digest}`, { repository: 'ghcr.io/a/b', tag: 'latest', digest }],
])('reads %s', (text, parts) => {
  expect(parseImage(text)).toEqual(parts);
});

it.each([
  '',
  ' traefik:1',
  'Traefik:1',
  'traefik:',
  'traefik: 1',
  'traefik:-1',
  `traefik:${'1'.repeat(129)}`,
  'a//b:1',
  '/a:1',
  'a/:1',
  'https://ghcr.io/a/b:1',
  'a@sha256:0123',
  'a@md5:0123456789abcdef0123456789abcdef',
  'a:1:2',
])('refuses %j', (text) => {
  expect(parseImage(text)).toBeUndefined();
});
