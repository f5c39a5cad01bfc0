import { type Code, type Definition, children, definitionsIn } from './code';

/** One TypeScript file of a workload. */
export interface SourceFile {
  /** `main`, or what the file is about. */
  readonly name: string;
  /** Lines at the top, without the comment sign. */
  readonly comment?: readonly string[];
  readonly definitions: readonly Definition[];
}

/** A workload as it will be written. */
export interface WorkloadCode {
  readonly stack: string;
  readonly name: string;
  /** The first one is `main`. */
  readonly files: readonly SourceFile[];
  /** Files that lie beside `main.ts`: path → content. */
  readonly assets: ReadonlyMap<string, string>;
}

/** The folder of a workload. */
export const folderOf = ({ stack, name }: Pick<WorkloadCode, 'stack' | 'name'>): string =>
  stack === 'cluster' ? `talos/${name}` : `apps/${stack}/${name}`;

/** The alias under which other workloads import it. */
export const aliasOf = ({ stack, name }: Pick<WorkloadCode, 'stack' | 'name'>): string =>
  `@home/${stack}/${name}`;

/** Definitions in an order in which each stands after those that it uses, otherwise as they were. */
export function inOrder(definitions: readonly Definition[]): Definition[] {
  const ordered = new Set<Definition>();
  const visit = (definition: Definition): void => {
    if (ordered.has(definition)) return;
    for (const used of definitionsIn(definition.code)) if (definitions.includes(used)) visit(used);
    ordered.add(definition);
  };
  definitions.forEach(visit);
  return [...ordered];
}

/**
 * Puts files that import each other in a circle together, since a `const` cannot be read before it is made. The
 * first of them keeps its name.
 */
export function withoutCircles(files: readonly SourceFile[]): SourceFile[] {
  const owner = new Map(files.flatMap((file) => file.definitions.map((definition) => [definition, file])));
  const uses = new Map(
    files.map((file) => {
      const used = file.definitions.flatMap(({ code }) =>
        [...definitionsIn(code)].map((one) => owner.get(one)),
      );
      return [file, new Set(used.filter((one) => one !== undefined && one !== file))];
    }),
  );
  const reach = (from: SourceFile, seen = new Set<SourceFile>()): Set<SourceFile> => {
    for (const next of uses.get(from) ?? []) {
      if (next === undefined || seen.has(next)) continue;
      seen.add(next);
      reach(next, seen);
    }
    return seen;
  };
  const reached = new Map(files.map((file) => [file, reach(file)]));
  // Everything imports into `main`, so what `main` defines must not be needed elsewhere.
  const [main, ...others] = files;
  const inMain = others.filter((file) => main !== undefined && reached.get(file)?.has(main));
  const circles: SourceFile[][] = main === undefined ? [] : [[main, ...inMain]];
  for (const file of others.filter((one) => !inMain.includes(one))) {
    const circle = circles
      .slice(1)
      .find(([first]) => first && reached.get(first)?.has(file) && reached.get(file)?.has(first));
    if (circle === undefined) circles.push([file]);
    else circle.push(file);
  }
  return circles.flatMap(([first, ...rest]) => {
    if (first === undefined) return [];
    const definitions = [first, ...rest].flatMap((file) => file.definitions);
    return [{ ...first, definitions }];
  });
}

/** What a piece of code imports, besides other definitions. */
export function importsIn(code: Code): { from: string; name: string }[] {
  const own = code.kind === 'imported' ? [{ from: code.from, name: code.name }] : [];
  const tf = code.kind === 'template' ? [{ from: '@home/terraform', name: 'tf' }] : [];
  return [...own, ...tf, ...children(code).flatMap(importsIn)];
}
