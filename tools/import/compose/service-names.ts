import { workloadName } from '../code/names';
import { type Fields, fieldsOf, listOf, mapTexts } from '../kubernetes/fields';
import type { ComposeService } from './read-compose';

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
      const here = workloadName(service.name) + (namespace === from ? '' : `.${namespace}`);
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
