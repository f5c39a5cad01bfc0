import { exceedsBaseline, kindOf } from '@home/kubernetes';
import { dataBlock, resourceBlock } from '@home/terraform';
import type { Left } from '../imported';
import { type Fields, fieldsOf, itemsOf, mapFields, podTemplates } from '../kubernetes/fields';
import { granted, ingressAtHome, nodeRights, settleChecksums } from '../kubernetes/fit-home';
import { madeElsewhere, makeIt } from '../kubernetes/made-elsewhere';
import { type Surroundings, withExpressions } from '../surroundings';
import { KnownValues, objectKind, objectsOf } from './block-references';
import { addressOf } from './module-scope';
import type { HclBlock } from './parse-module';
import { withSecretEnvironment } from './secret-environment';
import type { SecretFreeFolder } from './take-secrets';

/** Fits what a root module makes into the home, and tells what is different for it. */
export function fitBlocks(given: SecretFreeFolder, around: Surroundings, left: Left[]): SecretFreeFolder {
  const tell = (block: HclBlock, what: string, remedy: string, weight?: Left['weight']): void => {
    left.push({ where: block.where, of: addressOf(block), what, remedy, ...(weight && { weight }) });
  };
  const podKinds = new Set(Object.keys(podTemplates));
  const root = withSecretEnvironment(given, left, podKinds);
  const objects = objectsOf(root.blocks);
  const classes = new Set(
    [...objects.values()].flatMap(({ kind, name }) => (kind === 'ingressclass' ? name : [])),
  );
  const needing = root.blocks.filter(
    (block) =>
      podKinds.has(objectKind(block) ?? '') &&
      exceedsBaseline(resourceBlock(block.type, block.label, fieldsOf(objects.get(block)?.given))),
  );
  const granting = new Set(needing.map((block) => objects.get(block)?.namespace));
  for (const block of needing)
    tell(block, ...nodeRights(objects.get(block)?.namespace ?? 'default'), 'hurts');
  const fit = (block: HclBlock): Fields => {
    const kind = objectKind(block) ?? '';
    if (kind === 'ingress')
      return ingressAtHome(block.body, { domain: around.domain, classes }, (...said) => tell(block, ...said));
    if (kind === 'namespace' && granting.has(objects.get(block)?.name))
      return withMetadata(block.body, 'labels', granted);
    if (!podKinds.has(kind)) return block.body;
    const settled = settleChecksums(block.body, (...said) => tell(block, ...said, 'usual'));
    return kind === 'job' || kind === 'cronjob' ? withRestarts(settled) : settled;
  };
  const fitted = root.blocks.map((block) => ({ ...block, body: fit(block) }));
  const known = new KnownValues(fitted);
  const made = fitted
    .filter(({ kind, type }) => (kind === 'resource' || kind === 'data') && kindOf(type) !== undefined)
    .map((one) => {
      const make = one.kind === 'data' ? dataBlock : resourceBlock;
      return [one, make(one.type, one.label, withExpressions(fieldsOf(known.of(one.body))))] as const;
    });
  const reasons = madeElsewhere(
    made.map(([, one]) => one),
    around,
  );
  for (const [one, as] of made) {
    const owed = reasons.get(as);
    if (owed === undefined) continue;
    tell(one, owed.what, makeIt, 'hurts');
    fitted[fitted.indexOf(one)] = { ...one, body: withMetadata(one.body, 'annotations', owed.annotations) };
  }
  return { ...root, blocks: fitted };
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
