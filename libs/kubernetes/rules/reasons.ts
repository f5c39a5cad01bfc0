import { imageFault, parseImage } from '@home/home';
import { type Block, type Body, type OwnedBlock, isExpression, isPlainObject } from '@home/terraform';
import { beyondAnnotation, floatingImageAnnotation, writableRootAnnotation } from '../app/container';
import { nestedBlock } from '../read/known-body';
import { excessesOf } from '../read/pod-security';
import { type Pod, podsOf } from '../read/pods';

/** Whether an annotation of a pod or an object gives a reason. What only Terraform knows counts as one. */
export function saysWhy({ annotations }: Pick<Pod, 'annotations'>, annotation: string): boolean {
  if (!isPlainObject(annotations)) return true;
  const reason = annotations[annotation];
  return isExpression(reason) || (typeof reason === 'string' && reason.trim() !== '');
}

/** Whether a container may write to its root file system; of one without a known name nobody could say why. */
export function mayWrite({ name, security_context: given }: Body): boolean {
  const readOnly = nestedBlock(given)['read_only_root_filesystem'];
  return typeof name === 'string' && !isExpression(readOnly) && String(readOnly) !== 'true';
}

/** Whether an image is one that names no version. */
export const floats = (image: unknown): boolean =>
  typeof image === 'string' && parseImage(image) !== undefined && imageFault(image) !== undefined;

/** Whether the pods of a block ask for more than a namespace grants that enforces `baseline`. */
export const exceedsBaseline = (block: Block): boolean =>
  podsOf(unowned(block)).some((pod) => excessesOf(pod).some(({ refusedBy }) => refusedBy === 'baseline'));

const unowned = (block: Block): OwnedBlock => ({ owner: { stack: '', workload: '', where: '' }, block });

/**
 * The annotations in which the pods of a block have to say why they do what the home allows nobody without a reason, and
 * do not. An import writes them: it knows no reason but that it was so before.
 */
export const owedReasons = (block: Block): readonly string[] =>
  podsOf(unowned(block)).flatMap((pod) => {
    const owed = pod.containers.flatMap(({ name, body }) => [
      ...(mayWrite(body) ? [writableRootAnnotation(name)] : []),
      ...(floats(body['image']) && typeof body['name'] === 'string' ? [floatingImageAnnotation(name)] : []),
    ]);
    const beyond = saysWhy(pod, beyondAnnotation(undefined)) ? [] : excessesOf(pod);
    // A reason of the pod counts for its containers, also for one whose name is not known.
    const known = (name: string | undefined): boolean =>
      pod.containers.some(({ body }) => body['name'] === name);
    const askers = beyond.map(({ container }) => (known(container) ? container : undefined));
    const all = [...owed, ...askers.map(beyondAnnotation)];
    return [...new Set(all)].filter((annotation) => !saysWhy(pod, annotation));
  });
