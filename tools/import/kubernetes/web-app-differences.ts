import type { Problem } from '@home/terraform';
import type { Path } from '../source/read-yaml';
import { type Fields, fieldsOf, itemsOf } from './fields';
import type { Manifest } from './read-manifests';
import { type AppAddress, servingAnnotations } from './web-app-address';
import { type AppContainer, containerPath, supposedMemory, waits } from './web-app-container';

/** Something that a web app of the home does in another way than the object did. */
export interface Difference {
  readonly manifest: Manifest;
  readonly path: Path;
  readonly what: string;
}

/** A difference as the report lists it. */
export const tellDifference = ({ manifest, path, what }: Difference): Problem => ({
  where: manifest.where(path),
  what: `${manifest.kind} ${manifest.name}: ${what}`,
  remedy: 'Look whether it fits',
});

/** What the home does in its own way with each object. */
export function differencesOfObject(manifest: Manifest, name: string): Difference[] {
  const waiting = waits.find((wait) => (manifest.value[wait] ?? false) !== false);
  return [
    ...(manifest.name === name
      ? []
      : [{ manifest, path: ['metadata', 'name'], what: `is called ${name} now` }]),
    ...(waiting === undefined
      ? []
      : [{ manifest, path: [waiting], what: 'a stack of the home waits once, for all that it made' }]),
  ];
}

/** What the home does in its own way with the pod. */
export function differencesOfPod(manifest: Manifest, { fields, memory }: AppContainer): Difference[] {
  const { strategy } = fieldsOf(manifest.value['spec']);
  const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'].filter(
    (probe) => fields[probe] !== undefined,
  );
  return [
    ...(strategy !== undefined && fieldsOf(strategy)['type'] !== 'Recreate'
      ? [
          {
            manifest,
            path: ['spec', 'strategy'],
            what: 'a web app of the home ends before its next version starts',
          },
        ]
      : []),
    ...(fields['imagePullPolicy'] === 'Always'
      ? [
          {
            manifest,
            path: [...containerPath, 'imagePullPolicy'],
            what: 'a pinned image need not be pulled always',
          },
        ]
      : []),
    ...(probes[0] !== undefined && probes.some((probe) => isTimed(fieldsOf(fields[probe])))
      ? [
          {
            manifest,
            path: [...containerPath, probes[0]],
            what: 'a web app of the home is asked at its own intervals',
          },
        ]
      : []),
    ...(memory === undefined
      ? [{ manifest, path: containerPath, what: `no memory was requested; ${supposedMemory} is a guess` }]
      : []),
  ];
}

const isTimed = (probe: Fields): boolean => Object.keys(probe).some((key) => /Seconds$|Threshold$/.test(key));

/** What the home does in its own way with the address. */
export function differencesOfAddress(
  service: Manifest,
  ingress: Manifest,
  { host, servicePort }: AppAddress,
  domain: string,
): Difference[] {
  const { ingressClassName, tls } = fieldsOf(ingress.value['spec']);
  const own = `${host.split('.')[0]}.${domain}`;
  const ofIngress = (path: Path, what: string): Difference => ({ manifest: ingress, path, what });
  return [
    ...(host === own ? [] : [ofIngress(['spec', 'rules', 0, 'host'], `${host} becomes ${own}`)]),
    ...(ingressClassName === undefined
      ? []
      : [
          ofIngress(
            ['spec', 'ingressClassName'],
            `the home's own ingress takes the place of ${String(ingressClassName)}`,
          ),
        ]),
    ...(itemsOf(tls).length === 0
      ? []
      : [ofIngress(['spec', 'tls'], "the home's ingress answers without TLS")]),
    ...(servingAnnotations(ingress) ?? []).map((name) =>
      ofIngress(['metadata', 'annotations', name], `the home's own ingress does without ${name}`),
    ),
    ...(servicePort === 80
      ? []
      : [
          {
            manifest: service,
            path: ['spec', 'ports', 0, 'port'],
            what: `port ${String(servicePort)} becomes 80`,
          },
        ]),
  ];
}
