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
export const ingressHost = matching(new RegExp(`^(\\*\\.)?${subdomain}$`), 253, subdomainMust);

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
