import { type Body, type OwnedBlock, type Problem, type Rule, isPlainObject } from '@home/terraform';
import { nestedBlock, nestedBlocks } from '../known-body';
import {
  type NameCheck,
  annotationKey,
  dataKey,
  dnsLabel,
  ingressHost,
  labelKey,
  labelValue,
  objectName,
  portName,
  variableName,
} from '../object-names';
import { type KubernetesObject, objectsIn, placeOf } from '../objects';
import { type Pod, podsIn } from '../pods';

/** Names, labels and keys are such as Kubernetes accepts, each for its kind. */
export const requireValidNames: Rule = {
  name: 'require-valid-names',
  check: (home) => [
    ...objectsIn(home)
      .all()
      .filter(({ owned }) => owned.block.kind === 'resource')
      .flatMap((object) => faults(object.owned, namesOfObject(object))),
    ...podsIn(home).flatMap((pod) => faults(pod.owned, namesOfPod(pod))),
  ],
};

/** A name, what it is called in a message, and what it must be. */
type Name = readonly [what: string, name: unknown, check: NameCheck];

function namesOfObject({ kind, name, namespace, body }: KubernetesObject): Name[] {
  const spec = nestedBlock(body['spec']);
  const metadata = nestedBlock(body['metadata']);
  const named = name !== undefined || metadata['generate_name'] !== undefined || !('metadata' in body);
  return [
    ['name', named ? name : '', objectName(kind)],
    ...(namespace === '' ? [] : [['namespace', namespace, dnsLabel] as const]),
    ...namesInMetadata(metadata),
    ...namesInSelector(spec['selector']),
    ...(kind === 'configmap' || kind === 'secret' ? dataMaps.flatMap((map) => keys('key', body[map], dataKey)) : []),
    ...(kind === 'service' ? nestedBlocks(spec['port']).map((port) => ['port', port['name'], dnsLabel] as const) : []),
    ...(kind === 'ingress' ? nestedBlocks(spec['rule']).map(({ host }) => ['host', host, ingressHost] as const) : []),
  ];
}

const dataMaps = ['data', 'binary_data', 'data_wo', 'binary_data_wo'] as const;

function namesOfPod({ labels, annotations, spec, containers }: Pod): Name[] {
  return [
    ...namesInMetadata({ labels, annotations }),
    ...nestedBlocks(spec['volume']).map(({ name }) => ['volume', name, dnsLabel] as const),
    ...containers.flatMap(({ body }): Name[] => [
      ['container', body['name'], dnsLabel],
      ...nestedBlocks(body['port']).map(({ name }) => ['port', name, portName] as const),
      ...nestedBlocks(body['env']).map(({ name }) => ['environment variable', name, variableName] as const),
    ]),
  ];
}

function namesInMetadata({ labels, annotations }: Body): Name[] {
  return [...namesInLabels(labels), ...keys('annotation', annotations, annotationKey)];
}

/** A Service's selector is a map of labels, any other one has them in `match_labels`. */
function namesInSelector(selector: unknown): Name[] {
  const given = nestedBlock(selector);
  return namesInLabels('match_labels' in given || 'match_expressions' in given ? given['match_labels'] : given);
}

function namesInLabels(labels: unknown): Name[] {
  if (!isPlainObject(labels)) return [];
  const values = Object.entries(labels).map(([key, value]) => [`label ${key}`, value, labelValue] as const);
  return [...keys('label', labels, labelKey), ...values];
}

const keys = (what: string, map: unknown, check: NameCheck): Name[] =>
  isPlainObject(map) ? Object.keys(map).map((key) => [what, key, check] as const) : [];

function faults(owned: OwnedBlock, names: readonly Name[]): Problem[] {
  return names.flatMap(([what, name, check]) => {
    const fault = typeof name === 'string' ? check(name) : undefined;
    if (fault === undefined) return [];
    return [{ where: placeOf(owned), what: `${what} "${String(name)}" ${fault}`, remedy: 'Choose another one' }];
  });
}
