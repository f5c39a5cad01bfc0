import { kindOf } from '@home/kubernetes';
import { type OwnedBlock, resourceBlock } from '@home/terraform';
import type { Left, Loss } from '../imported';
import { type Surroundings, withExpressions } from '../surroundings';
import { freeName, kebabCase } from '../code/names';
import { type Fields, fieldsOf, listOf, mapFields, mapTexts } from './fields';
import { type Fitted, tell } from './fit-home';
import { isOpenToWorld, loginAsked } from './marked-defaults';
import { nested } from './object-relations';
import type { Manifest } from './read-manifests';

/** Gives an Ingress hosts of the home, its class and its certificate: it answers for no others. */
export function atHomeHosts(manifests: readonly Manifest[], around: Surroundings): Fitted {
  const told: Left[] = [];
  const made = new Set(manifests.map(({ kind, name }) => `${kind.toLowerCase()} ${name}`));
  const fitted = manifests.map((manifest) => {
    if (manifest.kind !== 'Ingress') return manifest;
    const value = ingressAtHome(manifest.value, around, made, (...loss) => told.push(tell(manifest, loss)));
    return { ...manifest, value };
  });
  return { manifests: fitted, told };
}

const classNames = ['ingressClassName', 'ingress_class_name', 'kubernetes.io/ingress.class'];
const certificateNames = ['secretName', 'secret_name'];

/** The hosts at which the home answers. */
export const hostsOf = (blocks: readonly OwnedBlock[]): ReadonlySet<string> =>
  new Set(
    blocks.flatMap(({ block: { type, body } }) =>
      kindOf(type) === 'ingress'
        ? listOf(nested(body, 'spec')['rule']).map((rule) => String(fieldsOf(rule)['host']))
        : [],
    ),
  );

/**
 * An Ingress, as Kubernetes or its provider writes it, with hosts of the home and without a class and a certificate that nobody
 * makes. What only Terraform knows is left as it is.
 *
 * @param made the kinds and names of what comes along: `ingressclass nginx`
 * @param say takes what is different
 */
export function ingressAtHome(
  ingress: Fields,
  { domain, blocks }: Pick<Surroundings, 'domain' | 'blocks'>,
  made: ReadonlySet<string>,
  say: (...loss: Loss) => void,
): Fields {
  if (isOpenToWorld(resourceBlock('kubernetes_ingress_v1', 'imported', withExpressions(ingress))))
    say(...loginAsked());
  const said = new Set<string>();
  const sayOnce = (what: string, remedy: string): void => {
    if (!said.has(what)) say(what, remedy);
    said.add(what);
  };
  const taken = hostsOf(blocks);
  const freeHost = (label: string): string =>
    `${freeName([label], (one) => !taken.has(`${one}.${domain}`))}.${domain}`;
  const atHome = (host: string): string => {
    if (host === '' || host.includes('${')) return host;
    const isHere = host.endsWith(`.${domain}`);
    const own = freeHost(isHere ? host.slice(0, -domain.length - 1) : (host.split('.')[0] ?? host));
    if (own !== host) sayOnce(`${host} becomes ${own}`, 'Use that address');
    return own;
  };
  const isForeign = ([key, name]: readonly [string, unknown]): boolean => {
    const isClass = classNames.includes(key);
    if (!(isClass || certificateNames.includes(key)) || typeof name !== 'string') return false;
    if (name.includes('${') || made.has(`${isClass ? 'ingressclass' : 'secret'} ${name}`)) return false;
    sayOnce(
      `its ${isClass ? 'class' : 'certificate'} ${name} is left out`,
      'The home serves it with its own',
    );
    return true;
  };
  const { name = '' } = fieldsOf(listOf(ingress['metadata'])[0]);
  const hosted = (rule: Fields): Fields => {
    const own = String(name);
    if ('host' in rule || own === '') return rule;
    const host = own.includes('${') ? `${own}.${domain}` : freeHost(kebabCase(own));
    sayOnce(`it answered at any host, and does so at ${host} alone`, 'Use that address');
    return { host, ...rule };
  };
  const change = (fields: Fields, place: string): Fields =>
    Object.fromEntries(
      Object.entries(place === 'rule' || place === 'rules' ? hosted(fields) : fields)
        .filter((one) => !isForeign(one))
        .map(([key, one]) => [key, key === 'host' || key === 'hosts' ? mapTexts(one, atHome) : one]),
    );
  return fieldsOf(mapFields(ingress, change));
}
