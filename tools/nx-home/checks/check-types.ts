import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Diagnostic } from 'typescript';
import { type Place, type PlacedProblem } from '../graph/layout';

/**
 * Asks the compiler about stacks and workloads, and what they import: a wrong type that no schema and no rule sees would
 * do something else than what was written. It remembers what it saw, since from scratch it takes several times as long.
 *
 * @param root the workspace; without a `tsconfig.json` there is nothing to hold the code to
 */
export async function checkTypes(root: string, places: readonly Place[]): Promise<PlacedProblem[]> {
  const config = join(root, 'tsconfig.json');
  if (!existsSync(config)) return [];
  const { default: ts } = await import('typescript');
  const { config: given } = ts.readConfigFile(config, (file) => ts.sys.readFile(file));
  const { options } = ts.parseJsonConfigFileContent({ ...given, include: [], files: [] }, ts.sys, root, {
    tsBuildInfoFile: join(root, '.cache/home.tsbuildinfo'),
    // What is there to no use does no harm: lint tells of it.
    noUnusedLocals: false,
    noUnusedParameters: false,
  });
  const program = ts.createIncrementalProgram({
    rootNames: places.map(({ file }) => join(root, file)),
    options,
    host: ts.createIncrementalCompilerHost(options),
  });
  const found = program.getSemanticDiagnostics();
  program.emit();
  return found.map(problemOf);

  function problemOf({ file, start = 0, messageText }: Diagnostic): PlacedProblem {
    const name = file === undefined ? 'tsconfig.json' : relative(root, file.fileName);
    const { line, character } = file?.getLineAndCharacterOfPosition(start) ?? { line: 0, character: 0 };
    // The lines after the first say why, step by step into the types.
    const [said = ''] = ts.flattenDiagnosticMessageText(messageText, '\n').split('\n');
    return {
      place: places.find((place) => place.file === name),
      where: `${name}:${line + 1}:${character + 1}`,
      what: `must be what its type says: ${said.replace(/\.$/, '')}`,
      remedy: 'Correct it there',
    };
  }
}
