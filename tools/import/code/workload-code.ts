import { circlesIn } from './circles';
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
  const [main] = files;
  // Everything imports into `main`, so what `main` defines must not be needed elsewhere.
  const uses = (file: SourceFile): readonly SourceFile[] =>
    file === main
      ? files
      : file.definitions.flatMap(({ code }) =>
          [...definitionsIn(code)].flatMap((one) => owner.get(one) ?? []),
        );
  const circles = circlesIn(files, uses);
  return files.flatMap((file) => {
    const circle = files.filter((one) => circles.some((all) => all.includes(file) && all.includes(one)));
    if (circle[0] !== file) return [];
    return [{ ...file, definitions: circle.flatMap(({ definitions }) => definitions) }];
  });
}

/** What a piece of code imports, besides other definitions. */
export function importsIn(code: Code): { from: string; name: string }[] {
  const own = code.kind === 'imported' ? [{ from: code.from, name: code.name }] : [];
  const tf = code.kind === 'template' ? [{ from: '@home/terraform', name: 'tf' }] : [];
  return [...own, ...tf, ...children(code).flatMap(importsIn)];
}
