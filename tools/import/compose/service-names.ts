import { kindOf } from '@home/kubernetes';
import { basename, dirname } from 'node:path';
import { freeName, workloadName } from '../code/names';
import { type Fields, fieldsOf, listOf, mapTexts } from '../kubernetes/fields';
import { hostsOf } from '../kubernetes/home-hosts';
import { nested } from '../kubernetes/object-relations';
import type { Surroundings } from '../surroundings';
import type { ComposeService } from './read-compose';

/**
 * Services under names that neither the home nor another of them has: `db`, and `paperless-db` where the home has a `db`. As its
 * project compose takes what the file calls itself, or its folder.
 */
export function withFreeNames(
  services: readonly ComposeService[],
  { blocks, domain, isFree }: Surroundings,
): ComposeService[] {
  const taken = new Set(
    blocks.flatMap(({ block: { type, body } }) =>
      named.has(kindOf(type) ?? '') ? nested(body, 'metadata')['name'] : [],
    ),
  );
  const hosts = hostsOf(blocks);
  const isOpen = (name: string): boolean => !taken.has(name) && !hosts.has(`${name}.${domain}`);
  return services.map((service) => {
    const project = String(service.top['name'] ?? basename(dirname(service.file)));
    const wishes = [service.name, `${project}-${service.name}`].map(workloadName);
    const here = freeName(wishes, (name) => isOpen(name) && isFree(name));
    taken.add(here);
    return { ...service, here };
  });
}

/** The kinds of objects that bear the name of a service. */
const named: ReadonlySet<string> = new Set(['deployment', 'statefulset', 'service', 'ingress']);

/** What services were called for each other, and how they are found here: the old name → the new one. */
export function renamedServices(
  services: readonly ComposeService[],
  namespaceOf: (service: ComposeService) => string,
  from: string,
): ReadonlyMap<string, string> {
  const own = new Set(services.map(({ name }) => name));
  return new Map(
    services.flatMap((service) => {
      const { container_name: container, networks } = service.fields;
      const aliases = Object.values(fieldsOf(networks)).flatMap((one) =>
        listOf(fieldsOf(one)['aliases']).map(String),
      );
      const namespace = namespaceOf(service);
      const here = service.here + (namespace === from ? '' : `.${namespace}`);
      const others = [...listOf(container).map(String), ...aliases].filter((name) => !own.has(name));
      return [service.name, ...others].filter((name) => name !== here).map((name) => [name, here] as const);
    }),
  );
}

/** What is called like the place of another service. */
const place = /(host|hostname|server|addr|address|endpoint|url|uri|upstream|broker|peer|origin)s?$/i;

/**
 * A service with the names of others as they are here: in addresses such as `http://db_1:5432` and `db_1:5432`, and where a
 * variable is called like a place.
 */
export function withNames(service: ComposeService, names: ReadonlyMap<string, string>): ComposeService {
  if (names.size === 0) return service;
  const any = [...names.keys()].map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  const inAddress = new RegExp(`(^|//|[@,=\\s"'])(${any})(?=:\\d|[/?]|$)`, 'g');
  const change = (text: string, isPlace: boolean): string =>
    isPlace || /:\/\/|:\d/.test(text)
      ? text.replace(inAddress, (whole, before: string, name: string, at: number) =>
          isPlace || before === '//' || before === '@' || /^:\d/.test(text.slice(at + whole.length))
            ? before + (names.get(name) ?? name)
            : whole,
        )
      : text;
  const fields: Fields = Object.fromEntries(
    Object.entries(service.fields).map(([member, value]) => {
      if (!['environment', 'command', 'entrypoint', 'healthcheck'].includes(member)) return [member, value];
      return [
        member,
        mapTexts(value, (text, path) => {
          const [, called = '', given] = /^([A-Za-z_][\w.]*)=([\s\S]*)$/.exec(text) ?? [];
          if (member === 'environment' && given !== undefined && typeof path[0] === 'number')
            return `${called}=${change(given, place.test(called))}`;
          return change(text, member === 'environment' && place.test(String(path[0] ?? '')));
        }),
      ];
    }),
  );
  return { ...service, fields };
}
