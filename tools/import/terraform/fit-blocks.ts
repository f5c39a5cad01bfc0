import { exceedsBaseline, isClusterWide, kindOf } from '@home/kubernetes';
import { dataBlock, resourceBlock } from '@home/terraform';
import type { Left, Loss } from '../imported';
import { type Fields, fieldsOf, itemsOf, mapFields, podTemplates } from '../kubernetes/fields';
import { granted, infra, nodeRights, settleChecksums } from '../kubernetes/fit-home';
import { ingressAtHome } from '../kubernetes/home-hosts';
import { annotationsOf, owedToOthers } from '../kubernetes/owed-reasons';
import { type Surroundings, withExpressions } from '../surroundings';
import { KnownValues, objectKind, objectsOf } from './block-references';
import { nested } from '../kubernetes/object-relations';
import { freeName, snakeCase } from '../code/names';
import { addressOf } from './module-scope';
import type { HclBlock } from './parse-module';
import { withSecretConfigMaps } from './secret-config-maps';
import { withSecretEnvironment } from './secret-environment';
import type { SecretFreeFolder } from './take-secrets';

/** Fits what a root module makes into the home, and tells what is different for it. */
export function fitBlocks(given: SecretFreeFolder, around: Surroundings, left: Left[]): SecretFreeFolder {
  const tell = (block: HclBlock, ...[what, remedy, weight, part]: Loss): void => {
    const about = { of: addressOf(block), ...(part !== undefined && { part }) };
    left.push({ where: block.where, ...about, what, remedy, ...(weight && { weight }) });
  };
  const podKinds = new Set(Object.keys(podTemplates));
  const root = withSecretConfigMaps(withSecretEnvironment(given, left, podKinds), left);
  const objects = objectsOf(root.blocks);
  const made = new Set([...objects.values()].map(({ kind, name }) => `${kind} ${name}`));
  const needing = root.blocks.filter(
    (block) =>
      podKinds.has(objectKind(block) ?? '') &&
      exceedsBaseline(resourceBlock(block.type, block.label, fieldsOf(objects.get(block)?.given))),
  );
  const placeOf = (block: HclBlock): string => objects.get(block)?.namespace ?? 'default';
  const granting = new Set(needing.map(placeOf));
  const isMoved = granting.has('default') && around.namespaces.has(infra);
  const homeOf = (block: HclBlock): string =>
    isMoved && placeOf(block) === 'default' ? infra : placeOf(block);
  for (const block of needing) tell(block, ...nodeRights(homeOf(block)));
  const fit = (block: HclBlock): Fields => {
    const kind = objectKind(block) ?? '';
    const body = isMoved && kind !== '' ? outOfDefault(block.body, kind, placeOf(block)) : block.body;
    if (kind === 'ingress') return ingressAtHome(body, around, made, (...said) => tell(block, ...said));
    if (kind === 'namespace' && granting.has(objects.get(block)?.name ?? ''))
      return withMetadata(block.body, 'labels', granted);
    if (!podKinds.has(kind)) return body;
    const settled = settleChecksums(body, (...said) => tell(block, ...said, 'usual'));
    return kind === 'job' || kind === 'cronjob' ? withRestarts(settled) : settled;
  };
  const blocks = [...root.blocks, ...missingNamespaces()];
  const fitted = blocks.map((block) => ({ ...block, body: fit(block) }));
  const known = new KnownValues(fitted);
  const objectBlocks = fitted
    .filter(({ kind, type }) => (kind === 'resource' || kind === 'data') && kindOf(type) !== undefined)
    .map((one) => {
      const make = one.kind === 'data' ? dataBlock : resourceBlock;
      return [one, make(one.type, one.label, withExpressions(fieldsOf(known.of(one.body))))] as const;
    });
  const reasons = owedToOthers(
    objectBlocks.map(([, one]) => one),
    around,
  );
  for (const [one, as] of objectBlocks) {
    const owed = reasons.get(as) ?? [];
    if (owed.length === 0) continue;
    for (const { told } of owed) tell(one, ...told);
    fitted[fitted.indexOf(one)] = {
      ...one,
      body: withMetadata(one.body, 'annotations', annotationsOf(owed)),
    };
  }
  return { ...root, blocks: fitted };

  /** Namespaces of such pods that nobody makes: without their label the pods would never start. */
  function missingNamespaces(): HclBlock[] {
    const known = new KnownValues(root.blocks);
    const made = root.blocks
      .filter(({ type }) => kindOf(type) === 'namespace')
      .map(({ body }) => nested(known.of(body), 'metadata')['name']);
    const taken = new Set(root.blocks.map(addressOf));
    const isMissing = (name: string): boolean =>
      !/^(default|kube-system)$|\$\{/.test(name) && !made.includes(name) && !around.namespaces.has(name);
    return [...granting].filter(isMissing).flatMap((name) => {
      const user = needing.find((block) => placeOf(block) === name);
      if (user === undefined) return [];
      const type = 'kubernetes_namespace_v1';
      const label = freeName([snakeCase(name)], (one) => !taken.has(`${type}.${one}`), '_');
      return [
        {
          ...user,
          kind: 'resource',
          type,
          label,
          comment: [],
          body: { metadata: [{ name, labels: granted }] },
        },
      ];
    });
  }
}

/** An object that went to `default`, in the home's namespace for such pods, and what it says of others there. */
function outOfDefault(body: Fields, kind: string, namespace: string): Fields {
  const { metadata, subject } = body;
  const subjects = itemsOf(subject)
    .map(fieldsOf)
    .map((one) => (one['namespace'] === 'default' ? { ...one, namespace: infra } : one));
  const renamed = subject === undefined ? body : { ...body, subject: subjects };
  if (namespace !== 'default' || isClusterWide(kind)) return renamed;
  return { ...renamed, metadata: [{ ...fieldsOf(itemsOf(metadata)[0]), namespace: infra }] };
}

/** A body with more labels or annotations, beside those that it has or that Terraform computes. */
function withMetadata({ metadata, ...body }: Fields, member: string, more: Fields): Fields {
  const { [member]: own, ...given } = fieldsOf(itemsOf(metadata)[0]);
  const both =
    typeof own === 'string'
      ? `\${merge(${JSON.stringify(more)}, ${own.slice(2, -1)})}`
      : { ...more, ...fieldsOf(own) };
  return { ...body, metadata: [{ ...given, [member]: both }] };
}

/** The pods of a job say what the provider assumes, where they say nothing: that they are not started again. */
const withRestarts = (body: Fields): Fields =>
  fieldsOf(
    mapFields(body, (fields, name) =>
      name === 'spec' && 'container' in fields ? { restart_policy: 'Never', ...fields } : fields,
    ),
  );
