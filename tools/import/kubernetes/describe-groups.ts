import {
  type Code,
  type Definition,
  Embedded,
  call,
  data,
  imported,
  literal,
  steps,
  use,
} from '../code/code';
import { freeName, kebabCase } from '../code/names';
import type { WorkloadCode } from '../code/workload-code';
import type { Arguments } from './convert-object';
import { fieldsOf, itemsOf, mapTexts, textOf } from './fields';
import { configAssets } from './config-assets';
import type { Group } from './group-objects';
import type { ImportedObject } from './imported-object';
import { type ObjectName, keyOf, linksIn } from './object-relations';
import { withMarks } from './marked-defaults';
import { shareLabels } from './share-labels';
import type { Surroundings } from '../surroundings';

/** One call that makes several objects, such as a web app. */
export interface Composite {
  readonly name: string;
  /** The objects that it makes, all of one workload. */
  readonly objects: readonly ObjectName[];
  code(scope: CompositeScope): Code;
}

/** What the code of a composite can name. */
export interface CompositeScope {
  /** `secret.ref.metadata[0].name`; undefined for an object that is not there. */
  nameOf(to: ObjectName): Code | undefined;
  /** The texts of a ConfigMap that it makes; long ones lie beside the workload. */
  textsOf(config: ObjectName): Code;
}

/**
 * Turns groups of objects into workloads, in which objects refer to each other.
 *
 * @param composites what makes some of the objects in one call
 */
export function describeGroups(
  groups: readonly Group[],
  around: Surroundings,
  composites: readonly Composite[],
): WorkloadCode[] {
  const compositeByKey = new Map(composites.flatMap((one) => one.objects.map((to) => [keyOf(to), one])));
  const compositeOf = (object: ImportedObject): Composite | undefined => compositeByKey.get(keyOf(object));
  const labels = labelObjects(groups, around.addresses);
  const byKey = new Map(groups.flatMap(({ objects }) => objects.map((one) => [keyOf(one), one])));
  const made = new Map<ImportedObject, Definition>();
  const making = new Set<ImportedObject>();
  const spaces = new Map<ImportedObject, Definition>();
  const workloads = groups.map((group) => ({
    group,
    shared: shareLabels(group.objects.filter((one) => compositeOf(one) === undefined)),
    assets: new Map<string, string>(),
  }));
  const workloadOf = new Map(
    workloads.flatMap((one) => one.group.objects.map((object) => [object, one] as const)),
  );
  /** An object's arguments, with the texts that lie beside its workload taken out. */
  const filed = (object: ImportedObject): Arguments => {
    const workload = workloadOf.get(object);
    if (workload === undefined) return object.given;
    const { given, files } = configAssets(object, workload.group);
    for (const [path, text] of files) workload.assets.set(path, text);
    return given;
  };

  /** How code names an object: `account.ref.metadata[0].name`. Undefined for an object that is not there. */
  const nameOf = (to: ObjectName): Code | undefined => {
    const object = byKey.get(keyOf(to));
    if (object === undefined) return to.kind === 'Namespace' ? around.namespaces.get(to.name) : undefined;
    // Two objects that name each other: one of them has to do without a reference.
    if (making.has(object)) return undefined;
    const name = steps(use(define(object)), 'ref', 'metadata', 0, 'name');
    if (to.kind !== 'Namespace') return name;
    const space = spaces.get(object) ?? { wish: object.name, code: name, exports: false };
    spaces.set(object, space);
    return use(space);
  };

  const define = (object: ImportedObject): Definition => {
    const known = made.get(object);
    const workload = workloadOf.get(object);
    if (known !== undefined || workload === undefined) return known as Definition;
    const composite = compositeOf(object);
    if (composite !== undefined) return defineComposite(composite, workload.group);
    making.add(object);
    const { given, resource } = object;
    const links = new Map([
      ...hostsIn(given, around.domain),
      ...linksIn(object).flatMap(({ path, to }) => {
        const name = nameOf(to);
        return name === undefined ? [] : [[path.join('\0'), name] as const];
      }),
    ]);
    const linked = mapTexts(filed(object), (text, path) => {
      const link = links.get(path.join('\0'));
      return link === undefined ? text : new Embedded(link);
    });
    const definition = {
      wish: wishFor(object, workload.group),
      code: call(
        imported('@home/providers', 'resource'),
        literal(resource.name),
        literal(labels.get(object) ?? ''),
        withMarks(resource.name, data(workload.shared.apply(fieldsOf(linked)))),
      ),
      exports: true,
    };
    making.delete(object);
    made.set(object, definition);
    return definition;
  };

  const defineComposite = (composite: Composite, group: Group): Definition => {
    const textsOf = (config: ObjectName): Code => {
      const object = byKey.get(keyOf(config));
      return data(object === undefined ? {} : filed(object)['data']);
    };
    const definition = { wish: composite.name, code: composite.code({ nameOf, textsOf }), exports: true };
    for (const object of group.objects) if (compositeOf(object) === composite) made.set(object, definition);
    return definition;
  };

  // All of them first: what a later workload uses is defined in an earlier one.
  groups.flatMap(({ objects }) => objects).forEach(define);
  return workloads.map(({ group, shared, assets }) => {
    const objects = group.objects.flatMap((object) => {
      return [...object.variables.map((variable) => variable.definition), define(object)];
    });
    const own = group.objects.flatMap((object) => spaces.get(object) ?? []);
    const definitions = [...new Set([...shared.definitions, ...own, ...objects])];
    const main = { name: 'main', comment: [originOf(group)], definitions };
    return { stack: around.stack, name: group.name, files: [main], assets };
  });
}

/** Addresses in the home's domain that an Ingress answers: `host('photos')`. */
function hostsIn(given: Arguments, domain: string): [string, Code][] {
  const rules = itemsOf(fieldsOf(given['spec'])['rule']);
  return rules.flatMap((rule, index): [string, Code][] => {
    const host = textOf(fieldsOf(rule)['host']) ?? '';
    const label = host.endsWith(`.${domain}`) ? host.slice(0, -domain.length - 1) : '';
    if (label === '') return [];
    return [
      [['spec', 'rule', index, 'host'].join('\0'), call(imported('@home/home', 'host'), literal(label))],
    ];
  });
}

function originOf({ name, objects }: Group): string {
  const files = [...new Set(objects.map(({ manifest }) => manifest.file.split('/').at(-1)))];
  const shown = files.length > 3 ? `${files.length} files` : files.join(', ');
  return `${name}, imported from ${shown}.`;
}

/** Labels that no two resources of one type have in the stack. */
function labelObjects(groups: readonly Group[], taken: ReadonlySet<string>): Map<ImportedObject, string> {
  const used = new Set(taken);
  const labelFor = ({ name, namespace, resource }: ImportedObject): string => {
    const base = /^[A-Za-z_]/.test(kebabCase(name)) ? kebabCase(name) : `n-${kebabCase(name)}`;
    const wishes = [base, `${base}-${kebabCase(namespace ?? 'default')}`];
    const label = freeName(wishes, (one) => !used.has(`${resource.name}.${one}`));
    used.add(`${resource.name}.${label}`);
    return label;
  };
  return new Map(groups.flatMap(({ objects }) => objects.map((object) => [object, labelFor(object)])));
}

/** `service` where a workload has only one; else `serverService` for the Service `prometheus-server` of prometheus. */
function wishFor({ kind, name }: ImportedObject, group: Group): string {
  const isOnly = group.objects.filter((one) => one.kind === kind).length === 1;
  if (isOnly) return kind;
  const own = kebabCase(name);
  const rest = own.startsWith(`${group.name}-`)
    ? own.slice(group.name.length + 1)
    : own === group.name
      ? ''
      : own;
  return `${rest} ${kind}`.trim();
}
