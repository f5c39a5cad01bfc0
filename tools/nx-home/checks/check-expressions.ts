import { providerOf, providers } from '@home/providers';
import {
  type ComposedTemplate,
  type Located,
  addressOf,
  addressesOf,
  formatPath,
  isBlock,
  locate,
  readTemplate,
  traversalsIn,
} from '@home/terraform';
import { type DescribedFile } from '../describe/describe-home';
import { type Place, type PlacedProblem } from '../graph/layout';

/** What must hold for every template in the files that is more than a reference: Terraform can parse it. */
export async function checkExpressions(files: readonly DescribedFile[]): Promise<PlacedProblem[]> {
  const templates = files.flatMap(({ place, composed }) => composed.map((template) => ({ place, template })));
  if (templates.length === 0) return [];
  // One call for all, since each costs more than a millisecond; then one by one to find those that fail.
  if ((await faultOf(templates.map(({ template }) => template))) === undefined) return [];
  const problems: PlacedProblem[] = [];
  for (const { place, template } of templates) {
    const fault = await faultOf([template]);
    if (fault !== undefined) {
      const what = `must be an expression that Terraform can parse, but in ${JSON.stringify(template.text)} ${fault}`;
      problems.push(problemOf(place, template, what, 'Correct the source text'));
    }
  }
  return problems;
}

/** What the parser says about templates; undefined when it takes them all. */
async function faultOf(templates: readonly ComposedTemplate[]): Promise<string | undefined> {
  // It is large, and most runs have nothing to parse.
  const { parse } = await import('@cdktf/hcl2json');
  const attributes = templates.map(({ text }, index) => `t${index} = ${asHeredoc(text)}`);
  try {
    await parse('templates.tf', attributes.join(''));
    return undefined;
  } catch (error) {
    const [, said] =
      /templates\.tf:\S+ (.+?)\.?\]?$/s.exec(error instanceof Error ? error.message : String(error)) ?? [];
    return said?.replaceAll('\n', ' ') ?? String(error);
  }
}

/** A template as HCL that means the same; unlike a quoted string, a heredoc takes it as it is. */
const asHeredoc = (text: string): string => `<<${marker}\n${text}\n${marker}\n`;

const marker = 'END_OF_TEMPLATE';

/**
 * What must hold for the source text in the files of one stack: every block that it names is in that stack. Typed
 * references were looked up when they were rendered.
 */
export function checkReferences(files: readonly DescribedFile[]): PlacedProblem[] {
  const blocks = files.flatMap((file) => file.blocks);
  const scoped = blocks.flatMap(({ kind, body: { data } }) =>
    kind === 'check' && isBlock(data) ? [data] : [],
  );
  const declared = new Set([...blocks, ...scoped].flatMap(addressesOf));
  return files.flatMap(({ place, composed }) =>
    composed
      .filter(({ namesFreely }) => namesFreely)
      .flatMap((template) =>
        addressesIn(template.text)
          .filter((address) => !declared.has(address))
          .map((address) =>
            problemOf(
              place,
              template,
              `must name blocks of the stack ${place.stack}, which has no ${address}`,
              'Correct the name, or use a typed reference to the block',
            ),
          ),
      ),
  );
}

/** The addresses of blocks that a template names. */
function addressesIn(text: string): string[] {
  const traversals = readTemplate(text).codes.flatMap(traversalsIn);
  return traversals.flatMap((traversal) => {
    const located = locate(traversal);
    return located !== undefined && isOfBlock(located) ? [located.address] : [];
  });
}

/** Tells an address of a block from `each.key`, iterators and the like: one may be called `data` or `ephemeral`. */
const isOfBlock = ({ kind, type }: Located): boolean =>
  kind === 'resource' ? type.includes('_') && Object.hasOwn(providers, providerOf(type)) : type !== 'value';

function problemOf(
  place: Place,
  { block, path }: ComposedTemplate,
  what: string,
  remedy: string,
): PlacedProblem {
  return { place, where: `${place.where}: ${addressOf(block)}: ${formatPath(path)}`, what, remedy };
}
