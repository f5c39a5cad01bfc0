import { parse } from '@cdktf/hcl2json';
import { type DescribedFile } from '../describe/describe-home';
import { type PlacedProblem } from '../graph/layout';
import { type Template, asHeredoc, plainTarget, templatesIn } from './templates';

/** What must hold for every template in the files: Terraform can parse it. */
export async function checkExpressions(files: readonly DescribedFile[]): Promise<PlacedProblem[]> {
  const templates = files.flatMap(({ place, json }) =>
    templatesIn(json)
      .filter(({ text }) => plainTarget(text) === undefined)
      .map((template) => ({ ...template, place })),
  );
  // One call for all, since each costs more than a millisecond; then one by one to find those that fail.
  if ((await faultOf(templates)) === undefined) return [];
  const problems: PlacedProblem[] = [];
  for (const template of templates) {
    const fault = await faultOf([template]);
    if (fault !== undefined) {
      problems.push({
        place: template.place,
        where: `${template.place.where}: ${template.path}`,
        what: `must be an expression that Terraform can parse, but in ${JSON.stringify(template.text)} ${fault}`,
        remedy: 'Correct the source text',
      });
    }
  }
  return problems;
}

/** What the parser says about templates; undefined when it takes them all. */
async function faultOf(templates: readonly Template[]): Promise<string | undefined> {
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
