import { type PathStep, sensitivePaths } from '@home/providers';
import {
  type Block,
  type OwnedBlock,
  type Problem,
  type Rule,
  formatPath,
  isDynamic,
  isExpression,
} from '@home/terraform';
import { placeOf } from '../../read/objects';
import { secretPlace } from './secret-places';
import { isWrittenDown } from './written-down';

/**
 * No secret is written down: what the schema calls sensitive or write-only is given by reference, and not by a text
 * that everybody can read in the repository.
 */
export const noLiteralSecrets: Rule = {
  name: 'no-literal-secrets',
  check: (home) => home.filter(({ block }) => mayHoldSecrets(block)).flatMap(literalsIn),
};

function mayHoldSecrets({ kind, type, body }: Block): boolean {
  if (kind === 'variable') return body['sensitive'] === true || body['ephemeral'] === true;
  if (kind === 'resource' || kind === 'data' || kind === 'ephemeral')
    return sensitivePaths(kind, type).length > 0;
  return kind === 'provider';
}

function literalsIn(owned: OwnedBlock): Problem[] {
  const { block } = owned;
  if (block.kind === 'variable')
    return isWrittenDown(block.body['default']) ? [mistake(owned, ['default'])] : [];
  return visit(block.body, []);

  function visit(value: unknown, path: readonly PathStep[]): Problem[] {
    if (isDynamic(value)) return visit(value.dynamic.content, path);
    if (typeof value === 'object' && value !== null && !isExpression(value)) {
      const key = (name: string): PathStep => (Array.isArray(value) ? Number(name) : name);
      return Object.entries(value).flatMap(([name, member]) => visit(member, [...path, key(name)]));
    }
    const place = isWrittenDown(value) ? secretPlace(block, path) : undefined;
    return place?.sensitive || place?.writeOnly ? [mistake(owned, path)] : [];
  }
}

const mistake = (owned: OwnedBlock, path: readonly PathStep[]): Problem => ({
  where: `${placeOf(owned)}: ${formatPath(path.map((step) => step ?? '*'))}`,
  what: 'must not be written in the code, since it is secret',
  remedy: 'Derive it from the root secret: derive("purpose")',
});
