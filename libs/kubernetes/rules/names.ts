import { type Body, type OwnedBlock, type Problem, type Rule, isPlainObject } from '@home/terraform';
import { nestedBlock, nestedBlocks } from '../read/known-body';
import { type KubernetesObject, dataMembers, objectsIn } from '../read/objects';
import { type Pod, podsIn } from '../read/pods';
import { mistake } from './mistake';

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
    // Of a text that is none, the writer says so.
    const fault = typeof name === 'string' && name.isWellFormed() ? check(name) : undefined;
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
    for (const { name } of nestedBlocks(body['port'])) note('port', name || undefined, portName);
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

/** Says what is wrong with a name; undefined when nothing is. */
export type NameCheck = (name: string) => string | undefined;

const matching =
  (pattern: RegExp, longest: number, must: string): NameCheck =>
  (name) => {
    if (name.length > longest) return `must have at most ${longest} characters, but has ${name.length}`;
    return pattern.test(name) ? undefined : must;
  };

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const subdomain = `${label}(\\.${label})*`;

const labelMust = 'must be lower-case letters, digits and dashes, with a letter or digit at both ends';
const subdomainMust =
  'must be lower-case letters, digits, dashes and dots, with a letter or digit at both ends of each part';

/** A DNS label (RFC 1123). */
export const dnsLabel = matching(new RegExp(`^${label}$`), 63, labelMust);

/** A DNS label that starts with a letter (RFC 1035). */
const startingLabel = matching(/^[a-z]([-a-z0-9]*[a-z0-9])?$/, 63, `${labelMust}, and a letter first`);

/** A DNS name (RFC 1123), of at most as many characters as given. */
export const dnsSubdomain = (longest = 253): NameCheck =>
  matching(new RegExp(`^${subdomain}$`), longest, subdomainMust);

const anySubdomain = dnsSubdomain();

/** A host of an Ingress, which may start with a wildcard. */
export const ingressHost: NameCheck = (host) =>
  anyHost(host) ??
  (/[^.]{64}/.test(host) ? 'must have at most 63 characters between two dots, as DNS wants it' : undefined);

const anyHost = matching(new RegExp(`^(\\*\\.)?${subdomain}$`), 253, subdomainMust);

/** A port's name: https://www.rfc-editor.org/rfc/rfc6335#section-5.1 */
export const portName = matching(
  /^(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  15,
  'must be lower-case letters, digits and single dashes, with at least one letter and no dash at an end',
);

const pathSegment: NameCheck = (name) =>
  name === '.' || name === '..' || /[/%]/.test(name)
    ? 'must not hold "/" or "%", nor be "." or ".."'
    : undefined;

/** A key in the data of a ConfigMap or Secret. */
export const dataKey = matching(
  /^(?!\.$|\.\.)[-._a-zA-Z0-9]+$/,
  253,
  'must be letters, digits, "-", "_" and ".", and neither be "." nor start with ".."',
);

/** The name of an environment variable. */
export const variableName = matching(
  /^[\x20-\x3c\x3e-\x7e]+$/,
  Infinity,
  'must be printable ASCII without "="',
);

const qualified = '[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?';
const qualifiedMust = 'must be letters, digits, "-", "_" and ".", with a letter or digit at both ends';
const qualifiedName = matching(new RegExp(`^${qualified}$`), 63, qualifiedMust);

/** A label's or annotation's key: `app.kubernetes.io/name`. */
export const labelKey: NameCheck = (key) => {
  const [prefix, name, ...more] = key.includes('/') ? key.split('/') : [undefined, key];
  if (more.length > 0) return 'must have at most one "/"';
  const fault = prefix === undefined ? undefined : anySubdomain(prefix);
  if (fault !== undefined) return `has a prefix "${prefix}" that ${fault}`;
  return qualifiedName(name ?? '');
};

/** Kubernetes folds an annotation's key to lower case before it checks it. */
export const annotationKey: NameCheck = (key) => labelKey(key.toLowerCase());

/** A label's value, which may be empty. */
export const labelValue: NameCheck = matching(new RegExp(`^(${qualified})?$`), 63, qualifiedMust);

/** What the names of each kind of object must be; those that are not named here are DNS names. */
const ofKind: Readonly<Record<string, NameCheck>> = {
  clusterrole: pathSegment,
  clusterrolebinding: pathSegment,
  // A CronJob's jobs are called as it is, and 11 characters more.
  cronjob: dnsSubdomain(52),
  // Its name becomes a label of its pods.
  job: dnsSubdomain(63),
  namespace: dnsLabel,
  role: pathSegment,
  rolebinding: pathSegment,
  service: startingLabel,
  // Its pods get its name and a hash of 11 characters as a label.
  statefulset: dnsSubdomain(52),
};

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
export const objectName = (kind: string): NameCheck => ofKind[kind] ?? anySubdomain;
