import { type GeneratedBlock, evaluate } from '@home/generated';
import { type ApiObject, toObject } from '../kubernetes/to-object';

/**
 * The objects that the generated files make, as Kubernetes will see them. What only a provider knows is called
 * `known-later`.
 */
export const manifestsOf = (blocks: readonly GeneratedBlock[]): ApiObject[] =>
  blocks
    .filter(({ kind }) => kind === 'resource')
    .flatMap(({ type, body }) => {
      const read = (text: string): string => evaluate(text, blocks, () => 'known-later');
      return toObject(type, body, read) ?? [];
    });
