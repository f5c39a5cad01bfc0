import { exceedsBaseline } from '@home/kubernetes';
import { resourceBlock } from '@home/terraform';
import type { Left } from '../imported';
import { type Fields, fieldsOf, itemsOf, mapFields, podTemplates } from '../kubernetes/fields';
import { granted, ingressAtHome, isChecksum, nodeRights } from '../kubernetes/fit-home';
import type { Surroundings } from '../surroundings';
import { objectKind, objectsOf } from './block-references';
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
    if (kind === 'namespace' && granting.has(objects.get(block)?.name)) return grantedBody(block.body);
    if (!podKinds.has(kind)) return block.body;
    const settled = withoutChecksums(block.body, () =>
      tell(block, 'the checksums in its annotations are left out', 'Nothing has to be done', 'usual'),
    );
    return kind === 'job' || kind === 'cronjob' ? withRestarts(settled) : settled;
  };
  return { ...root, blocks: root.blocks.map((block) => ({ ...block, body: fit(block) })) };
}

function grantedBody({ metadata, ...body }: Fields): Fields {
  const { labels, ...given } = fieldsOf(itemsOf(metadata)[0]);
  const written =
    typeof labels === 'string'
      ? `\${merge(${JSON.stringify(granted)}, ${labels.slice(2, -1)})}`
      : { ...granted, ...fieldsOf(labels) };
  return { ...body, metadata: [{ ...given, labels: written }] };
}

/** A body without the annotations by which pods start anew when their settings change: the home does so by itself. */
const withoutChecksums = (body: Fields, told: () => void): Fields =>
  fieldsOf(
    mapFields(body, (fields, name) => {
      const entries = Object.entries(fields);
      const kept = entries.filter(([key]) => name !== 'annotations' || !isChecksum(key));
      if (kept.length < entries.length) told();
      return Object.fromEntries(kept);
    }),
  );

/** The pods of a job say what the provider assumes, where they say nothing: that they are not started again. */
const withRestarts = (body: Fields): Fields =>
  fieldsOf(
    mapFields(body, (fields, name) =>
      name === 'spec' && 'container' in fields ? { restart_policy: 'Never', ...fields } : fields,
    ),
  );
