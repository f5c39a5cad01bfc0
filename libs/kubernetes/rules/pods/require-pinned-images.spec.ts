import { raw, tf } from '@home/terraform';
import { complaints, container, exampleHome, makesPods } from '../example-home';
import { requirePinnedImages } from './require-pinned-images';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
const withImage = (image: unknown) => makesPods('app', { podSpec: { container: [container({ image })] } });
const refusal = (image: string, must = 'must pin a version') =>
  `apps/workloads/app: image "${image}" ${must}. Use a tag such as "0.24.4", or a digest.`;

it.each([
  'traefik:v3.4.4',
  'registry.rpi:5000/app:1.2',
  'ghcr.io/corentinth/it-tools:2024.10.22-7ca5933',
  'traefik:3.4.4-alpine3.20',
  'traefik:release-3.4.4',
  'minio/minio:RELEASE.2024-01-16T16-07-38Z',
  'traefik:20240116',
  'traefik:main-7ca5933',
  'traefik:nightly-2024-01-16',
  `ghcr.io/usememos/memos@${digest}`,
  `ghcr.io/usememos/memos:latest@${digest}`,
  raw('var.image'),
  tf`ghcr.io/usememos/memos:${raw('var.version')}`,
])('accepts case %#', (image) => {
  expect(complaints(requirePinnedImages, withImage(image))).toEqual([]);
});

it.each([
  'traefik',
  'traefik:latest',
  'traefik:LATEST',
  'traefik:stable',
  'traefik:latest-alpine',
  'traefik:3.1-latest',
  'traefik:nightly-arm64',
  'traefik:edge-amd64',
  'traefik:main-arm64v8',
  'traefik:release-x86_64',
  'traefik:stable-alpine3.20',
  'traefik:jammy-ubuntu-22.04',
  'traefik:develop2',
  'registry.rpi:5000/app',
  'registry.rpi:5000/app:latest',
])('refuses %s', (image) => {
  expect(complaints(requirePinnedImages, withImage(image))).toEqual([refusal(image)]);
});

it.each([
  ['1', '1'],
  ['v2', 'v2'],
  ['17-alpine3.20', '17'],
])('refuses the tag %s, a major version that moves', (tag, major) => {
  expect(complaints(requirePinnedImages, withImage(`traefik:${tag}`))).toEqual([
    refusal(`traefik:${tag}`, `must pin a version, but "${major}" moves with every minor release`),
  ]);
});

it.each(['Traefik:1.0', 'traefik:', 'traefik:1.41.0 ', ''])('refuses %j, which is no image', (image) => {
  expect(complaints(requirePinnedImages, withImage(image))).toEqual([
    `apps/workloads/app: image "${image}" must be the name of an image. Write it in lower case and without spaces, such as "ghcr.io/usememos/memos:0.24.4".`,
  ]);
});

it('looks into every container of every kind of pod', () => {
  const image = 'app:latest';
  const podSpec = {
    init_container: [container({ name: 'before', image })],
    container: [container({ name: 'one', image }), container({ name: 'other', image: undefined })],
  };
  const types = ['deployment', 'stateful_set', 'daemon_set', 'cron_job', 'job'] as const;
  for (const type of types) {
    const home = exampleHome({ app: [makesPods('app', { type, podSpec })] });
    expect(complaints(requirePinnedImages, ...home)).toEqual([
      refusal(image),
      refusal(image),
      'apps/workloads/app: container "other" must have an image. Give it one, such as "ghcr.io/usememos/memos:0.24.4".',
    ]);
  }
});
