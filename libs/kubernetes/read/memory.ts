import { bytes } from '@home/home';
import { isPlainObject } from '@home/terraform';
import { nestedBlock } from './known-body';
import { type Container, type Pod } from './pods';

/** The memory that a container asks for, as written; its limit where it has no request, as Kubernetes sees to. */
export function memoryRequest({ body }: Container): unknown {
  const { requests, limits } = nestedBlock(body['resources']);
  const of = (amounts: unknown): unknown => (isPlainObject(amounts) ? amounts['memory'] : amounts);
  return of(requests) ?? of(limits);
}

/**
 * The memory that the scheduler sets aside for a pod, in bytes: for all containers that run at once. An init container
 * runs beside the sidecars that started before it. What is not known counts as nothing.
 * https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers
 */
export function podMemory({ containers }: Pod): number {
  let sidecars = 0;
  let highest = 0;
  for (const container of containers.filter(({ role }) => role !== 'main')) {
    if (container.role === 'sidecar') sidecars += amount(container);
    else highest = Math.max(highest, sidecars + amount(container));
  }
  const mains = containers
    .filter(({ role }) => role === 'main')
    .reduce((sum, container) => sum + amount(container), 0);
  return Math.max(highest, sidecars + mains);
}

function amount(container: Container): number {
  const request = memoryRequest(container);
  const size = typeof request === 'string' || typeof request === 'number' ? bytes(String(request)) : 0;
  return Number.isNaN(size) ? 0 : size;
}

/** Bytes as people write them: 2726297600 → `2600Mi`. */
export const formatMemory = (size: number): string => `${Math.round(size / 2 ** 20)}Mi`;
