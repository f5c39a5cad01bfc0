import { type OwnedBlock, type Problem, type Rule } from '@home/terraform';
import { nestedBlock } from '../../read/known-body';
import { placeOf } from '../../read/objects';
import { type Pod, podsIn } from '../../read/pods';
import { type Backing, backingsIn, formatLabels, selects } from '../../read/selectors';

/**
 * A Service selects pods that the home makes, and those of one workload only: a pod of another one that answers on no
 * port would get its share of the requests. A Deployment and the like select their own pods, else Kubernetes refuses
 * them.
 */
export const requireMatchingSelectors: Rule = {
  name: 'require-matching-selectors',
  check: (home) => [...podsIn(home).flatMap(checkMaker), ...backingsIn(home).flatMap(checkService)],
};

/** Kubernetes gives these two their selector. */
const selectsByItself: ReadonlySet<string> = new Set(['pod', 'job', 'cronjob']);

function checkMaker({ owned, maker, makerSpec, labels }: Pod): Problem[] {
  if (selectsByItself.has(maker.kind) || selects(makerSpec['selector'], labels) !== false) return [];
  const selector = formatLabels(nestedBlock(makerSpec['selector'])['match_labels']);
  return [
    {
      where: placeOf(owned),
      what: `selector ${selector} must match the labels of its own pods, ${formatLabels(labels)}`,
      remedy: 'Use the same labels in both',
    },
  ];
}

function checkService({ service: { owned, body }, pods, open }: Backing): Problem[] {
  const makers = [...new Set(pods.filter(isMeantToRun).map((pod) => pod.owned))];
  if (makers.length === 1 || (makers.length === 0 && (open || pods.length > 0))) return [];
  const selector = `selector ${formatLabels(nestedBlock(body['spec'])['selector'])}`;
  if (makers.length === 0) {
    const remedy = 'Use the labels of the pod template that it is for';
    return [{ where: placeOf(owned), what: `${selector} must match a pod of its namespace`, remedy }];
  }
  return [
    {
      where: placeOf(owned),
      what: `${selector} must match the pods of one workload, but matches those of ${list(makers)}`,
      remedy: 'Give the others a label of another value',
    },
  ];
}

/** A Deployment on its way out, with no replicas, is no competitor. */
const isMeantToRun = ({ makerSpec: { replicas } }: Pod): boolean => replicas !== '0' && replicas !== 0;

const list = (makers: readonly OwnedBlock[]): string => makers.map(placeOf).join(' and ');
