import { readFacts, settle } from '@home/home';
import { dynamicBlock, raw, resourceBlock, tf } from '@home/terraform';
import { complaints, container, exampleHome, makesPods, object } from './example-home';
import {
  requireDefinedVolumes,
  requireFittingMemory,
  requireGrantedGrace,
  requirePinnedImages,
  requireReadOnlyRoots,
  requireValidSchedules,
  uniqueMountPaths,
} from './pods';

const facts = readFacts();

describe('requirePinnedImages', () => {
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

  it('accepts a tag that moves when its pods say why', () => {
    const annotations = { 'floating-image.homeserver.lknuth.dev/app': 'It ran so before.' };
    const pods = (image: string) =>
      makesPods('app', {
        podSpec: { container: [container({ name: 'app', image })] },
        metadata: { annotations },
      });
    expect(complaints(requirePinnedImages, pods('traefik:latest'))).toEqual([]);
    expect(complaints(requirePinnedImages, pods('Traefik'))).toEqual([
      refusal('Traefik', 'must be the name of an image').replace(
        'Use a tag such as "0.24.4", or a digest',
        'Write it in lower case and without spaces, such as "ghcr.io/usememos/memos:0.24.4"',
      ),
    ]);
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
});

describe('requireGrantedGrace', () => {
  const check = (seconds: unknown) =>
    complaints(
      requireGrantedGrace,
      makesPods('app', { podSpec: { termination_grace_period_seconds: seconds } }),
    );

  it.each([undefined, 0, 60, '60', raw('var.grace')])('accepts case %#', (seconds) => {
    expect(check(seconds)).toEqual([]);
  });

  it('refuses more time than Talos’ drain and the home’s kubelets give', () => {
    expect(check(70)).toEqual([
      'apps/workloads/app: kubernetes_deployment_v1.app: termination_grace_period_seconds 70 must be at most 60, since a ' +
        'node that shuts down or is drained gives a pod no more. Lower it, and what has to end within it.',
    ]);
  });
});

describe('requireDefinedVolumes', () => {
  const mounting = container({ volume_mount: [{ name: 'data', mount_path: '/data' }] });
  const check = (podSpec: object, more: object = {}) =>
    complaints(
      requireDefinedVolumes,
      makesPods('app', { podSpec: { container: [mounting], ...podSpec }, ...more }),
    );

  it.each([
    { volume: [{ name: 'data', empty_dir: {} }] },
    { volume: { name: 'data', empty_dir: {} } },
    { volume: [{ name: raw('var.volume'), empty_dir: {} }] },
    { volume: [dynamicBlock('each', raw<string[]>('var.volumes'), () => ({ name: 'data' }))] },
    { container: [container({ volume_mount: [{ name: raw('var.volume') }] })] },
  ])('accepts case %#', (podSpec) => {
    expect(check(podSpec)).toEqual([]);
  });

  it('accepts a volume that the claims of a StatefulSet define', () => {
    const spec = { volume_claim_template: [{ metadata: { name: 'data' } }] };
    expect(check({}, { type: 'stateful_set', spec })).toEqual([]);
  });

  it('refuses a volume that is not there', () => {
    const line = (has: string, container = 'app') =>
      `apps/workloads/app: kubernetes_deployment_v1.app: volume "data" of container "${container}" must be defined in its ` +
      `pod, which has ${has}. Define it, or mount one of those.`;
    expect(check({})).toEqual([line('no volume')]);
    expect(check({ volume: [{ name: 'config' }, { name: 'date' }] })).toEqual([line('"config", "date"')]);
    const before = container({ name: 'before', volume_mount: [{ name: 'data' }], restart_policy: 'Always' });
    expect(check({ init_container: [before], container: [] })).toEqual([line('no volume', 'before')]);
    const device = container({ name: 'disk', volume_device: [{ name: 'data', device_path: '/dev/sda' }] });
    expect(check({ container: [device] })).toEqual([line('no volume', 'disk')]);
  });
});

describe('uniqueMountPaths', () => {
  const mounting = (...paths: unknown[]) =>
    container({ volume_mount: paths.map((mount_path) => ({ name: 'data', mount_path })) });
  const check = (...containers: object[]) =>
    complaints(uniqueMountPaths, makesPods('app', { podSpec: { container: containers } }));

  it('accepts one path in two containers, and paths that nobody knows yet', () => {
    expect(check(mounting('/tmp', '/data'), mounting('/tmp'))).toEqual([]);
    expect(check(mounting(raw('var.a'), raw('var.a')))).toEqual([]);
  });

  it('refuses a path that is mounted twice, once, however it is written', () => {
    expect(check(mounting('/tmp', '/tmp/'))).toHaveLength(1);
    expect(check(mounting('/tmp', '/data', '/tmp', '/tmp/'))).toEqual([
      'apps/workloads/app: kubernetes_deployment_v1.app: mount path "/tmp" of container "app" must be unique, but is there ' +
        'twice. Take one of the mounts out.',
    ]);
  });
});

describe('requireReadOnlyRoots', () => {
  const readOnly = { security_context: { read_only_root_filesystem: true } };
  const check = (given: object, metadata: object = {}) =>
    complaints(
      requireReadOnlyRoots,
      makesPods('app', { podSpec: { container: [container(given)] }, metadata }),
    );
  const because = (reason: unknown, name = 'app') => ({
    annotations: { [`writable-root.homeserver.lknuth.dev/${name}`]: reason },
  });

  it.each<[object, object]>([
    [readOnly, {}],
    [{}, because('It unpacks itself.')],
    [{}, because(raw('var.reason'))],
    [{}, { annotations: raw('var.annotations') }],
    [{ security_context: { read_only_root_filesystem: raw('var.strict') } }, {}],
    [{ security_context: dynamicBlock('one', raw<string[]>('var.list'), () => ({})) }, {}],
    [{ name: raw('var.name') }, {}],
  ])('accepts case %#', (given, metadata) => {
    expect(check(given, metadata)).toEqual([]);
  });

  it.each<[object, object]>([
    [{}, {}],
    [{ security_context: { run_as_user: '1000' } }, {}],
    [{ security_context: { read_only_root_filesystem: false } }, {}],
    [{}, because(' ')],
    [{}, because('It unpacks itself.', 'other')],
  ])('refuses case %#', (given, metadata) => {
    expect(check(given, metadata)).toEqual([
      'apps/workloads/app: kubernetes_deployment_v1.app: container "app" must have a read-only root file system, or say why ' +
        'not. Write security_context: { read_only_root_filesystem: true } and mount a volume where it writes, or give the ' +
        'reason in the annotation "writable-root.homeserver.lknuth.dev/app" of its pods.',
    ]);
  });

  it('looks at sidecars, init containers and jobs too', () => {
    const podSpec = {
      init_container: [
        container({ name: 'before' }),
        container({ name: 'beside', restart_policy: 'Always' }),
      ],
      container: [container(readOnly)],
    };
    expect(complaints(requireReadOnlyRoots, makesPods('app', { type: 'cron_job', podSpec }))).toHaveLength(2);
  });
});

describe('requireValidSchedules', () => {
  const job = (spec: object) => makesPods('verify', { type: 'cron_job', spec });
  const check = (given: object) => resourceBlock('healthchecksio_check', 'verify', given);

  it.each([
    job({ schedule: '0 2 * * 6' }),
    job({ schedule: '*/15 1-5,7 ? jan,FEB mon-FRI' }),
    job({ schedule: '5/10 * 29 2 *' }),
    ...['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly', '@every 1h30m'].map(
      (schedule) => job({ schedule }),
    ),
    job({ schedule: '0 2 * * 6', timezone: 'Europe/Berlin' }),
    job({ schedule: raw('var.schedule'), timezone: raw('var.timezone') }),
    check({ schedule: '0 2 * * 6', timezone: 'UTC' }),
    check({ schedule: '0 2 L * 7' }),
    check({ timeout: 900 }),
  ])('accepts case %#', (block) => {
    expect(complaints(requireValidSchedules, block)).toEqual([]);
  });

  it.each([
    [job({ schedule: '0 2 * *' }), '"0 2 * *" must have five fields'],
    [job({ schedule: '0 0 2 * * 6' }), '"0 0 2 * * 6" must have five fields'],
    [job({ schedule: '' }), '"" must have five fields'],
    [job({ schedule: 'TZ=UTC 0 2 * * 6' }), '"TZ=UTC 0 2 * * 6" must have five fields'],
    [job({ schedule: '60 2 * * 6' }), '"60 2 * * 6" must have a minute from 0 to 59, but has "60"'],
    [job({ schedule: '0 2 * * 7' }), '"0 2 * * 7" must have a day of the week from 0 to 6, but has "7"'],
    [job({ schedule: '0 2 L * *' }), '"0 2 L * *" must have a day of the month from 1 to 31, but has "L"'],
    [job({ schedule: '0 2 30 2 *' }), '"0 2 30 2 *" must fall on a day that exists'],
    [job({ schedule: '@reboot' }), '"@reboot" must have five fields'],
    [job({ schedule: '@every 0s' }), '"@every 0s" must have five fields'],
    [check({ schedule: '@daily' }), '"@daily" must have five fields'],
  ])('refuses case %#', (block, fault) => {
    expect(complaints(requireValidSchedules, block)).toEqual([
      `apps/workloads/app: ${block.type}.verify: schedule ${fault}. Write it like "0 2 * * 6".`,
    ]);
  });

  it.each(['Local', 'Europe/Köln', 'UTC+1', '+01:00', 'berlin'])('refuses the time zone %s', (timezone) => {
    expect(complaints(requireValidSchedules, job({ schedule: '0 2 * * 6', timezone }))).toEqual([
      `apps/workloads/app: kubernetes_cron_job_v1.verify: timezone "${timezone}" must be the name of a time zone in the tz ` +
        'database. Write it like "Europe/Berlin".',
    ]);
  });
});

describe('requireFittingMemory', () => {
  const reference = settle(facts);
  const [node] = reference.network.nodes as [(typeof reference)['network']['nodes'][number]];

  /** A home with the given nodes; the reference home's one node has room for 200Mi here. */
  function home(...nodes: Partial<typeof node>[]) {
    const own = nodes.length === 0 ? [{}] : nodes;
    return {
      cluster: reference.cluster,
      network: {
        ...reference.network,
        nodes: own.map((given) => ({ ...node, name: 'one', memoryForPods: '200Mi', ...given })),
      },
    };
  }

  const asking = (memory: unknown, more: object = {}) =>
    container({ resources: { requests: { memory } }, ...more });
  const pods = (name: string, memory: unknown, more: Parameters<typeof makesPods>[1] = {}) =>
    makesPods(name, { ...more, podSpec: { container: [asking(memory)], ...more.podSpec } });
  const tooMuch = (asked: string, there: string, where: string, largest: string) =>
    `whole-home: memory requests of ${asked} must fit the ${there} that ${where} has for pods. Lower some, or make room. ` +
    `The largest are those of ${largest}.`;

  const one = requireFittingMemory(home());

  it('accepts pods that fit exactly', () => {
    expect(complaints(one, ...exampleHome({ a: [pods('a', '120Mi')], b: [pods('b', '80Mi')] }))).toEqual([]);
  });

  it('refuses pods that do not fit together, wherever they are described', () => {
    const blocks = [
      ...exampleHome({ traefik: [pods('traefik', '100Mi')] }, 'platform'),
      ...exampleHome({ a: [pods('a', '20Mi')], b: [pods('b', '60Mi')], c: [pods('c', '30Mi')] }),
    ];
    expect(complaints(one, ...blocks)).toEqual([
      tooMuch(
        '210Mi',
        '200Mi',
        'one',
        'apps/platform/traefik (100Mi), apps/workloads/b (60Mi), apps/workloads/c (30Mi)',
      ),
    ]);
  });

  const sidecar = (memory: string) => asking(memory, { name: 'sidecar', restart_policy: 'Always' });
  const before = (memory: string) => asking(memory, { name: 'before' });

  it.each<[string, object, string | undefined]>([
    ['adds up containers', { container: [asking('150Mi'), asking('100Mi')] }, '250Mi'],
    [
      'adds sidecars to containers',
      { init_container: [sidecar('150Mi')], container: [asking('100Mi')] },
      '250Mi',
    ],
    [
      'takes an init container that needs more than all others',
      { init_container: [before('250Mi')] },
      '250Mi',
    ],
    [
      'does not add init containers',
      { init_container: [before('150Mi'), before('150Mi')], container: [asking('150Mi')] },
      undefined,
    ],
    [
      'adds an init container to the sidecars before it',
      { init_container: [sidecar('100Mi'), before('150Mi')] },
      '250Mi',
    ],
    ['does not add it to those after it', { init_container: [before('150Mi'), sidecar('100Mi')] }, undefined],
    [
      'takes a limit for a request',
      { container: [container({ resources: { limits: { memory: '250Mi' } } })] },
      '250Mi',
    ],
    ['reads every unit', { container: [asking('262144Ki')] }, '256Mi'],
    ['reads plain bytes', { container: [asking('262144000')] }, '250Mi'],
    ['reads exponents', { container: [asking('3e8')] }, '286Mi'],
    ['counts what it does not know as nothing', { container: [asking(raw('var.memory'))] }, undefined],
  ])('%s', (_, podSpec, asked) => {
    const expected =
      asked === undefined ? [] : [tooMuch(asked, '200Mi', 'one', `apps/workloads/app (${asked})`)];
    expect(complaints(one, makesPods('app', { podSpec }))).toEqual(expected);
  });

  it.each<[string, Parameters<typeof makesPods>[1], string | undefined]>([
    ['every replica', { spec: { replicas: '3' } }, '300Mi'],
    [
      'one replica where Terraform alone knows how many',
      { spec: { replicas: raw('var.replicas') } },
      undefined,
    ],
    ['no replica of an app that is switched off', { spec: { replicas: '0' } }, undefined],
    ['pods that a job runs at once', { type: 'job', spec: { parallelism: 3 } }, '300Mi'],
    ['a cron job once', { type: 'cron_job' }, undefined],
  ])('counts %s', (_, more, asked) => {
    const expected =
      asked === undefined ? [] : [tooMuch(asked, '200Mi', 'one', `apps/workloads/app (${asked})`)];
    expect(complaints(one, pods('app', '100Mi', more))).toEqual(expected);
  });

  it('counts the pods of a cron job that run at once', () => {
    const template = { spec: { container: [asking('150Mi')] } };
    const job = object('cron_job', 'app', { spec: { job_template: { spec: { parallelism: 2, template } } } });
    expect(complaints(one, job)).toEqual([tooMuch('300Mi', '200Mi', 'one', 'apps/workloads/app (300Mi)')]);
  });

  const limited = (request: string | undefined, limit: unknown, more: object = {}) =>
    container({
      resources: { requests: request && { memory: request }, limits: { memory: limit } },
      ...more,
    });

  it('refuses a limit that is below its request, or no amount', () => {
    const check = (given: object) => complaints(one, makesPods('app', { podSpec: { container: [given] } }));
    const line =
      'apps/workloads/app: kubernetes_deployment_v1.app: container "app" must have a limit of memory';
    expect(check(limited('64Mi', '63Mi'))).toEqual([
      `${line} that is not below its request of 64Mi, but has 63Mi. Raise the limit, or leave it out.`,
    ]);
    expect(check(limited('64Mi', '64MB'))).toEqual([`${line}, but has "64MB". Write it like "64Mi".`]);
    for (const limit of ['64Mi', '0.1Gi', raw('var.limit')])
      expect(check(limited('64Mi', limit))).toEqual([]);
  });

  const innocent = { b: [makesPods('b', { podSpec: { container: [asking('60Mi')] } })] };
  const guilty = (more: Parameters<typeof makesPods>[1]) =>
    complaints(one, ...exampleHome({ a: [makesPods('a', more)], ...innocent }));

  it.each(['0', '1Ki', '64m', '64', '1e999', '-64Mi', '64MB', 'lots', '', '1e30', '100Ei'])(
    'blames nobody else for memory of %j',
    (memory) => {
      for (const given of [asking(memory), limited('64Mi', memory)])
        expect(guilty({ podSpec: { container: [given] } })).toEqual([
          expect.stringMatching(/^apps\/workloads\/a: kubernetes_deployment_v1\.a: container "app" must /),
        ]);
    },
  );

  it.each(['one', '', ' ', '1e999', '1.5', NaN, Infinity, {}, [], true])(
    'takes %p for one replica, since others tell of what is no number',
    (replicas) => {
      expect(guilty({ spec: { replicas } })).toEqual([]);
    },
  );

  it('does not let a number below nothing make room', () => {
    const rest = [makesPods('b', { podSpec: { container: [asking('201Mi')] } })];
    const blocks = exampleHome({ a: [makesPods('a', { spec: { replicas: '-1' } })], b: rest });
    expect(complaints(one, ...blocks)).toEqual([
      'apps/workloads/a: kubernetes_deployment_v1.a: replicas -1 must be a number of pods. Write 0 for none.',
      tooMuch('265Mi', '200Mi', 'one', 'apps/workloads/b (201Mi), apps/workloads/a (64Mi)'),
    ]);
  });

  it('keeps room for the one container that takes all that its limit allows', () => {
    const home = (limit: string) =>
      exampleHome({
        a: [makesPods('a', { podSpec: { container: [limited('50Mi', '120Mi'), limited('10Mi', limit)] } })],
        b: [makesPods('b', { podSpec: { container: [limited('60Mi', '100Mi')] } })],
      });
    expect(complaints(one, ...home('90Mi'))).toEqual([]);
    expect(complaints(one, ...home('91Mi'))).toEqual([
      'whole-home: memory requests of 120Mi and the 81Mi that a container of apps/workloads/a may take beyond its own must ' +
        'fit the 200Mi that one has for pods. Lower its limit, or make room.',
    ]);
  });

  it('counts no limit of an app that is switched off', () => {
    const podSpec = { container: [limited('50Mi', '300Mi')] };
    expect(complaints(one, makesPods('app', { spec: { replicas: '0' }, podSpec }))).toEqual([]);
  });

  describe('with several nodes', () => {
    const two = requireFittingMemory(home({ name: 'one' }, { name: 'two' }));
    const on = (name: string) => ({ podSpec: { node_selector: { 'kubernetes.io/hostname': name } } });

    it('spreads pods over them', () => {
      expect(complaints(two, ...exampleHome({ a: [pods('a', '190Mi')], b: [pods('b', '190Mi')] }))).toEqual(
        [],
      );
    });

    it('puts a pod of a DaemonSet on each', () => {
      expect(complaints(two, pods('log', '250Mi', { type: 'daemon_set' }))).toEqual([
        tooMuch('250Mi', '200Mi', 'one', 'apps/workloads/app (250Mi)'),
        tooMuch('250Mi', '200Mi', 'two', 'apps/workloads/app (250Mi)'),
      ]);
      const together = exampleHome({
        log: [pods('log', '150Mi', { type: 'daemon_set' })],
        a: [pods('a', '101Mi')],
      });
      expect(complaints(two, ...together)).toEqual([
        tooMuch(
          '401Mi',
          '400Mi',
          'one and two',
          'apps/workloads/log (150Mi), apps/workloads/log (150Mi), apps/workloads/a (101Mi)',
        ),
      ]);
    });

    it('sees that a pod fits none of them', () => {
      expect(complaints(two, pods('app', '201Mi'))).toEqual([
        'apps/workloads/app: kubernetes_deployment_v1.app: a pod that requests 201Mi must fit the 200Mi of the largest of ' +
          'one and two. Lower its requests.',
      ]);
    });

    it('sees that what a pod may take fits none of them', () => {
      const podSpec = { container: [limited('100Mi', '201Mi')] };
      expect(complaints(two, makesPods('app', { podSpec }))).toEqual([
        'apps/workloads/app: kubernetes_deployment_v1.app: a pod that may take 201Mi must fit the 200Mi of the largest of ' +
          'one and two. Lower its limits.',
      ]);
    });

    it('holds what is bound to a node against that node', () => {
      const blocks = exampleHome({ a: [pods('a', '150Mi', on('two'))], b: [pods('b', '100Mi', on('two'))] });
      expect(complaints(two, ...blocks)).toEqual([
        tooMuch('250Mi', '200Mi', 'two', 'apps/workloads/a (150Mi), apps/workloads/b (100Mi)'),
      ]);
      expect(complaints(two, pods('a', '10Mi', on('three')))).toEqual([
        'apps/workloads/app: kubernetes_deployment_v1.a: must find a node that takes its pods. Correct its node selector ' +
          'or tolerations.',
      ]);
    });

    it('knows labels, and leaves those open that Kubernetes may set', () => {
      const labelled = requireFittingMemory(
        home({ labels: { zone: 'a' } }, { name: 'two', labels: { zone: 'b' } }),
      );
      const inZone = (zone: string) => ({
        podSpec: { node_selector: { zone, 'kubernetes.io/arch': 'arm64' } },
      });
      expect(complaints(labelled, pods('a', '190Mi', inZone('b')))).toEqual([]);
      expect(complaints(labelled, pods('a', '210Mi', inZone('b')))).toEqual([
        tooMuch('210Mi', '200Mi', 'two', 'apps/workloads/app (210Mi)'),
      ]);
      expect(complaints(labelled, pods('a', '1Mi', inZone('c')))).toHaveLength(1);
    });

    it('keeps pods off tainted nodes that they do not tolerate', () => {
      const gpu = { key: 'gpu', value: 'yes', effect: 'NoSchedule' as const };
      const tainted = requireFittingMemory(home({}, { name: 'two', taints: [gpu] }));
      const tolerating = (toleration: object) => ({ podSpec: { toleration: [toleration] } });
      const full = pods('full', '200Mi');
      const second = (more: object) => complaints(tainted, full, pods('a', '150Mi', more));
      expect(second({})).toHaveLength(1);
      expect(second(tolerating({ key: 'gpu', value: 'no' }))).toHaveLength(1);
      expect(second(tolerating({ key: 'gpu', operator: 'Exists', effect: 'NoExecute' }))).toHaveLength(1);
      expect(second(tolerating({ key: 'gpu', value: 'yes' }))).toEqual([]);
      expect(second(tolerating({ operator: 'Exists' }))).toEqual([]);
    });

    it('keeps pods off control planes, where the home does', () => {
      const facts = home({}, { name: 'two', role: 'worker' });
      const closed = requireFittingMemory({
        ...facts,
        cluster: { ...facts.cluster, allowSchedulingOnControlPlanes: false },
      });
      expect(complaints(closed, pods('a', '150Mi', { spec: { replicas: '2' } }))).toEqual([
        tooMuch('300Mi', '200Mi', 'two', 'apps/workloads/app (300Mi)'),
      ]);
      expect(complaints(closed, pods('log', '150Mi', { type: 'daemon_set' }))).toEqual([]);
    });
  });

  it('wants every container that keeps running to say what it needs', () => {
    const silent = { resources: {} };
    const podSpec = {
      init_container: [
        container({ ...silent, name: 'before' }),
        container({ ...silent, name: 'beside', restart_policy: 'Always' }),
      ],
      container: [container({ ...silent, resources: undefined })],
    };
    const line = (name: string, more: string) =>
      `apps/workloads/app: kubernetes_deployment_v1.app: container "${name}" must request memory${more}`;
    const write = '. Write resources: { requests: { memory: "64Mi" } }.';
    expect(complaints(one, makesPods('app', { podSpec }))).toEqual([
      line('beside', write),
      line('app', write),
    ]);
    expect(complaints(one, pods('app', '64MB'))).toEqual([
      line('app', ', but requests "64MB". Write it like "64Mi".'),
    ]);
  });
});
