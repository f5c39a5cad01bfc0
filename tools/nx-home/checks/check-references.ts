import { getReferencesInExpression } from '@cdktf/hcl2json';
import { providerOf, providers } from '@home/providers';
import { type Block, addressOf, isBlock } from '@home/terraform';
import { type DescribedFile } from '../describe/describe-home';
import { type PlacedProblem } from '../graph/layout';
import { asHeredoc, plainTarget, templatesIn } from './templates';

/**
 * What must hold for the expressions in the files of one stack: every block that they name is in that stack. Typed
 * references lead nowhere else by themselves; this finds what is wrong in source text.
 */
export async function checkReferences(files: readonly DescribedFile[]): Promise<PlacedProblem[]> {
  const declared = new Set(files.flatMap(({ blocks }) => blocks.flatMap(addressesOf)));
  const problems: PlacedProblem[] = [];
  for (const { place, json } of files) {
    for (const { path, text } of templatesIn(json)) {
      const addresses = (await targetsOf(text)).flatMap((target) => addressIn(target) ?? []);
      for (const address of addresses.filter((found) => !declared.has(found))) {
        problems.push({
          place,
          where: `${place.where}: ${path}`,
          what: `must name blocks of the stack ${place.stack}, which has no ${address}`,
          remedy: 'Correct the name, or use a typed reference to the block',
        });
      }
    }
  }
  return problems;
}

async function targetsOf(text: string): Promise<string[]> {
  const plain = plainTarget(text);
  if (plain !== undefined) return [plain];
  try {
    return (await getReferencesInExpression('template.tf', asHeredoc(text))).map(({ value }) => value);
  } catch {
    return []; // Text that does not parse is told by checkExpressions.
  }
}

/** The address that a traversal starts with; undefined for `each.key`, iterators and the like. */
function addressIn(traversal: string): string | undefined {
  const [root = '', second, third] = traversal.split(/[.[]/);
  if (root === 'var' || root === 'local' || root === 'module') return `${root}.${second}`;
  if (root === 'data' || root === 'ephemeral') return `${root}.${second}.${third}`;
  return root.includes('_') && Object.hasOwn(providers, providerOf(root)) ? `${root}.${second}` : undefined;
}

/** The addresses that a block declares; a check's own data source counts. */
function addressesOf(block: Block): string[] {
  if (block.kind === 'locals') return Object.keys(block.body).map((name) => `local.${name}`);
  const data = block.body['data'];
  return block.kind === 'check' && isBlock(data) ? [addressOf(data)] : [addressOf(block)];
}
