import { isExpression } from '@home/terraform';
import { dnsSubdomain, ingressHost, objectName, portName } from '../names';
import { type Place, quoted } from './place';
import { isIP } from 'node:net';

/** Ingresses. */
export function checkIngress(spec: Place): void {
  if (!spec.has('rule') && !spec.has('default_backend'))
    spec.refuse([], 'must have a rule or a default_backend', 'Add one');
  spec.named(dnsSubdomain(), 'ingress_class_name');
  for (const backend of spec.blocks('default_backend')) checkBackend(backend);
  for (const rule of spec.blocks('rule')) checkRule(rule);
  for (const tls of spec.blocks('tls')) {
    tls.eachNamed('hosts', ingressHost);
    tls.named(dnsSubdomain(), 'secret_name');
  }
}

function checkRule(rule: Place): void {
  const host = rule.text('host') ?? '';
  if (isIP(host) === 4)
    rule.refuse('host', `must be a name and no address, but is ${quoted(host)}`, 'Write a name');
  for (const http of rule.blocks('http')) {
    for (const one of http.blocks('path')) {
      checkPath(one);
      for (const backend of one.blocks('backend')) checkBackend(backend);
    }
  }
}

const unsafe = /\/\/|\/\.\/|\/\.\.\/|%2f|\/\.\.?$/i;

function checkPath(path: Place): void {
  const type = path.body['path_type'] ?? 'ImplementationSpecific';
  const text = path.text('path');
  if (isExpression(type) || path.isOpen('path')) return;
  const isStrict = type !== 'ImplementationSpecific';
  if ((text === undefined && isStrict) || (text !== undefined && !text.startsWith('/')))
    path.refuse('path', `must begin with "/", but is ${quoted(text ?? '')}`, 'Correct it');
  else if (isStrict && text !== undefined && unsafe.test(text))
    path.refuse(
      'path',
      `must not have "//", "/./", "/../" or "%2f" in it, but is ${quoted(text)}`,
      'Correct it',
    );
}

function checkBackend(backend: Place): void {
  backend.chooseOne('target', ['service', 'resource']);
  for (const resource of backend.blocks('resource')) resource.fill('kind', 'name');
  for (const service of backend.blocks('service')) {
    service.fill('name');
    service.named(objectName('service'), 'name');
    const [port] = service.blocks('port');
    if (port === undefined) continue;
    const names = ['name', 'number'].filter((name) => port.has(name) && port.body[name] !== 0);
    if (names.length !== 1 && !names.some((name) => port.isOpen(name)))
      port.refuse(
        [],
        `must have a name or a number, but has ${names.length === 0 ? 'neither' : 'both'}`,
        'Write one of the two',
      );
    port.range(1, 65535, ...(names.includes('number') ? ['number'] : []));
    port.named(portName, 'name');
  }
}
