import { type Problem, isPlainObject } from '@home/terraform';
import { fieldsOf, mapTexts } from '../kubernetes/fields';
import { addressOf, declaredType } from './module-scope';
import type { HclBlock } from './parse-module';
import type { HclBody } from './block-order';

/**
 * Writes a block as the provider wants it now, where that is more than another name. Of the types that the Kubernetes
 * provider gave up, only `kubernetes_ingress` has arguments that its successor has not: extensions/v1beta1 named a
 * backend by `service_name` and `service_port`, networking.k8s.io/v1 by a block `service`. A `null_resource` is a
 * `terraform_data`, which needs no provider.
 */
export function inPresentForm(block: HclBlock): HclBlock {
  const body = fieldsOf(mapTexts(block.body, (text) => text.replace(ofNull, '$1triggers_replace')));
  if (block.kind !== 'resource') return { ...block, body };
  const { spec, triggers, ...rest } = body;
  if (block.type === 'kubernetes_ingress')
    return { ...block, body: { ...rest, ...(spec !== undefined && { spec: mapBodies(spec, ingressSpec) }) } };
  if (block.type === 'null_resource')
    return { ...block, body: { ...rest, ...(triggers !== undefined && { triggers_replace: triggers }) } };
  return { ...block, body };
}

/** What changes a `null_resource` has another name in `terraform_data`. */
const ofNull = /(\bnull_resource\.[\w-]+(?:\[[^\]]*\])?\.)triggers\b/g;

function ingressSpec({ backend, ...rest }: HclBody): HclBody {
  const presentDefault = backend === undefined ? {} : { default_backend: mapBodies(backend, ingressBackend) };
  const inside = Object.entries(rest).map(([name, value]) => [name, withBackends(value)]);
  return { ...Object.fromEntries(inside), ...presentDefault };
}

/** Everything below with its backends, and with the type of path that v1 demands and v1beta1 had without a word. */
function withBackends(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withBackends);
  if (!isPlainObject(value)) return value;
  const inside = Object.entries(value).map(([name, member]) => [
    name,
    name === 'backend' ? mapBodies(member, ingressBackend) : withBackends(member),
  ]);
  const isPath = 'backend' in value && !('path_type' in value);
  return { ...Object.fromEntries(inside), ...(isPath && { path_type: 'ImplementationSpecific' }) };
}

function ingressBackend({ service_name: name, service_port: port, ...rest }: HclBody): HclBody {
  if (name === undefined) return { ...rest };
  return { ...rest, service: [{ name, ...(port !== undefined && { port: [servicePort(port)] }) }] };
}

/** One argument held the port's name or its number. */
function servicePort(port: unknown): HclBody {
  const source = /^\$\{(.*)\}$/s.exec(String(port))?.[1];
  if (source === undefined) return /^\d+$/.test(String(port)) ? { number: Number(port) } : { name: port };
  return {
    number: `\${try(tonumber(${source}), null)}`,
    name: `\${can(tonumber(${source})) ? null : ${source}}`,
  };
}

const mapBodies = (value: unknown, map: (body: HclBody) => HclBody): unknown =>
  Array.isArray(value) ? value.map((body: unknown) => (isPlainObject(body) ? map(body) : body)) : value;

/**
 * Tells of resources that come under another type than they had. Terraform moves no state from a type to its successor,
 * so whoever goes on with the old state would lose what runs.
 */
export function tellFormerTypes(blocks: readonly HclBlock[], stack: string): Problem[] {
  const former = new Map<string, HclBlock[]>();
  for (const block of blocks.filter((one) => one.kind === 'resource' && typeOf(one) !== one.type))
    former.set(block.type, [...(former.get(block.type) ?? []), block]);
  return [...former.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const more = others.map((block) => `${addressOf(block)} (${block.where})`).join(', ');
    const what = `${addressOf(first)} becomes a ${typeOf(first)}${more && `, and so do ${more}`}: with the old state, Terraform destroys and recreates it`;
    if (first.type === 'null_resource')
      return [{ where: first.where, what, remedy: 'Nothing has to be done: it made nothing' }];
    const remedy = `Let the old state forget it first (terraform state rm ADDRESS), and take it over: npm run adopt -- ${stack}`;
    return [{ where: first.where, what, remedy }];
  });
}

const typeOf = (block: HclBlock): string => declaredType(block).known?.name ?? block.type;
