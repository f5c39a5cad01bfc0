import { type Body, type OwnedBlock, type Problem, type Rule, isExpression } from '@home/terraform';
import { isOpen, nestedBlock, nestedBlocks } from '../../read/known-body';
import { backendServices } from '../../read/object-references';
import { type KubernetesObject, objectsIn, placeOf } from '../../read/objects';
import { type Pod, podsIn } from '../../read/pods';
import { hasOpenPorts, isPortName, mayBeNamed, portsOf, portsOfPod, questionsOf } from '../../read/ports';
import { quoteNames } from '../quote-names';
import { type Backing, backingsIn } from '../../read/selectors';

/**
 * Every port that is named exists: those of probes in their container, those of Services in their pods, those of
 * ingresses in their Service.
 */
export const requireNamedPorts: Rule = {
  name: 'require-named-ports',
  check: (home) => [
    ...podsIn(home).flatMap(checkProbes),
    ...backingsIn(home).flatMap(checkService),
    ...objectsIn(home)
      .ofKind('ingress')
      .flatMap((ingress) => checkIngress(ingress, home)),
  ],
};

function checkProbes({ owned, containers }: Pod): Problem[] {
  return containers.flatMap((container) => {
    const ports = portsOf(container);
    return questionsOf(container).flatMap(({ asker, port }) => {
      if (!isPortName(port) || hasOpenPorts([container]) || mayBeNamed(port, ports)) return [];
      return [
        missing(owned, `port "${port}" of ${asker}`, `container "${container.name}"`, portNames(ports)),
      ];
    });
  });
}

function checkService({ service, pods }: Backing): Problem[] {
  return nestedBlocks(nestedBlock(service.body['spec'])['port']).flatMap(
    ({ target_port, protocol = 'TCP' }) =>
      pods.flatMap((pod) => {
        const ports = portsOfPod(pod);
        const known = !pod.open && !hasOpenPorts(pod.containers) && typeof protocol === 'string';
        if (!isPortName(target_port) || !known || mayBeNamed(target_port, ports, protocol)) return [];
        const port = `target port "${target_port}" (${protocol})`;
        return [missing(service.owned, port, placeOf(pod.owned), portNames(ports))];
      }),
  );
}

function checkIngress({ owned, body, namespace }: KubernetesObject, home: readonly OwnedBlock[]): Problem[] {
  return backendServices(nestedBlock(body['spec'])).flatMap(({ name, port: given }) => {
    const service = objectsIn(home).find('service', namespace, name);
    if (service === undefined || service.owned.block.kind !== 'resource') return [];
    const port = nestedBlock(given);
    const listed = nestedBlock(service.body['spec'])['port'];
    const ports = nestedBlocks(listed);
    const isUnknown = isOpen(listed) || isExpression(given) || isExpression(port['name'] ?? port['number']);
    if (isUnknown || ports.some((one) => isPortOf(one, port))) return [];
    const wanted =
      port['name'] === undefined ? `port ${String(port['number'])}` : `port "${String(port['name'])}"`;
    const numbers = ports.map((one) => one['port']).filter((number) => typeof number === 'number');
    const has = port['name'] === undefined ? `port ${numbers.join(', ')}` : portNames(ports);
    return [missing(owned, wanted, placeOf(service.owned), has)];
  });
}

function isPortOf(service: Body, { name, number }: Body): boolean {
  const [has, wanted] = name === undefined ? [service['port'], number] : [service['name'], name];
  return has === wanted || isExpression(has);
}

const portNames = (ports: readonly { readonly name?: unknown }[]): string =>
  quoteNames(
    ports.map(({ name }) => name),
    'no named port',
  );

const missing = (owned: OwnedBlock, port: string, where: string, has: string): Problem => ({
  where: placeOf(owned),
  what: `${port} must be a port of ${where}, which has ${has}`,
  remedy: 'Name one that is there, or add it there',
});
