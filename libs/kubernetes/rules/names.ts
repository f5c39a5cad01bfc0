import { type Body, type OwnedBlock, type Problem, type Rule, isPlainObject } from '@home/terraform';
import { nestedBlock, nestedBlocks } from '../read/known-body';
import { type KubernetesObject, dataMembers, objectsIn } from '../read/objects';
import { type Pod, podsIn } from '../read/pods';
import { mistake } from './mistake';
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
} from './name-checks';

/** Names, labels and keys are such as Kubernetes accepts, each for its kind, and a pod's containers have each their own. */
export const requireValidNames: Rule = (home) => {
  const problems: Problem[] = [];
  for (const object of objectsIn(home).made()) checkObject(object, noteFor(object.owned, problems));
  for (const pod of podsIn(home)) checkPod(pod, noteFor(pod.owned, problems));
  return problems;
};

/** Checks one name, and notes what is wrong with it; a name that only Terraform knows is right. */
type Note = (what: string, name: unknown, check: NameCheck) => void;

function noteFor(owned: OwnedBlock, problems: Problem[]): Note {
  return (what, name, check) => {
    const fault = typeof name === 'string' ? check(name) : undefined;
    if (fault !== undefined)
      problems.push(mistake(owned, `${what} "${String(name)}" ${fault}`, 'Choose another one'));
  };
}

function checkObject({ kind, name, namespace, body }: KubernetesObject, note: Note): void {
  const spec = nestedBlock(body['spec']);
  const metadata = nestedBlock(body['metadata']);
  const isUnnamed = name === undefined && metadata['generate_name'] === undefined && 'metadata' in body;
  note('name', isUnnamed ? '' : name, objectName(kind));
  if (namespace !== '') note('namespace', namespace, dnsLabel);
  checkMetadata(metadata, note);
  checkSelector(spec['selector'], note);
  if (kind === 'configmap' || kind === 'secret') {
    for (const map of dataMembers) checkKeys('key', body[map], dataKey, note);
  }
  if (kind === 'service') for (const port of nestedBlocks(spec['port'])) note('port', port['name'], dnsLabel);
  if (kind === 'ingress') for (const { host } of nestedBlocks(spec['rule'])) note('host', host, ingressHost);
}

function checkPod({ labels, annotations, spec, containers }: Pod, note: Note): void {
  checkMetadata({ labels, annotations }, note);
  const once = { volume: uniqueInPod(), container: uniqueInPod() };
  for (const { name } of nestedBlocks(spec['volume'])) {
    note('volume', name, dnsLabel);
    note('volume', name, once.volume);
  }
  for (const { body } of containers) {
    note('container', body['name'], dnsLabel);
    note('container', body['name'], once.container);
    for (const { name } of nestedBlocks(body['port'])) note('port', name, portName);
    for (const { name } of nestedBlocks(body['env'])) note('environment variable', name, variableName);
  }
}

function uniqueInPod(): NameCheck {
  const taken = new Set<string>();
  return (name) => (taken.size < taken.add(name).size ? undefined : 'must be unique in its pod');
}

function checkMetadata({ labels, annotations }: Body, note: Note): void {
  checkLabels(labels, note);
  checkKeys('annotation', annotations, annotationKey, note);
}

/** A Service's selector is a map of labels, any other one has them in `match_labels`. */
function checkSelector(selector: unknown, note: Note): void {
  const given = nestedBlock(selector);
  checkLabels('match_labels' in given || 'match_expressions' in given ? given['match_labels'] : given, note);
}

function checkLabels(labels: unknown, note: Note): void {
  if (!isPlainObject(labels)) return;
  for (const [key, value] of Object.entries(labels)) {
    note('label', key, labelKey);
    note('label value', value, labelValue);
  }
}

function checkKeys(what: string, map: unknown, check: NameCheck, note: Note): void {
  if (isPlainObject(map)) for (const key of Object.keys(map)) note(what, key, check);
}
