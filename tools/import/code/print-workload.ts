import { type Definition, definitionsIn } from './code';
import { Names, camelCase } from './names';
import { type Naming, printCode } from './print-code';
import { prettify } from '@home/files';
import {
  type SourceFile,
  type WorkloadCode,
  aliasOf,
  folderOf,
  importsIn,
  inOrder,
  withoutCircles,
} from './workload-code';

/** Where a definition stands and what it is called there. */
interface Place {
  readonly workload: WorkloadCode;
  readonly file: string;
  readonly name: string;
}

/**
 * Prints workloads as the files of their folders.
 *
 * @returns path below the workspace → text; the paths of one workload begin with its folder
 */
export async function printWorkloads(workloads: readonly WorkloadCode[]): Promise<Map<string, string>> {
  const whole = workloads.map((workload) => ({ ...workload, files: withoutCircles(workload.files) }));
  const named = whole.map((workload) => [workload, nameAll(workload)] as const);
  const names = new Map(named);
  const places = new Map(named.flatMap(([, { definitions }]) => [...definitions]));
  const used = usedElsewhere(whole, places);
  const printed = new Map<string, string>();
  for (const workload of whole) {
    const outside = [...(used.get(workload) ?? [])];
    for (const file of workload.files) {
      const text = printFile(file, workload, places, outside, names.get(workload)?.files ?? new Map());
      printed.set(`${folderOf(workload)}/${file.name}.ts`, await prettify(text));
    }
    for (const [path, content] of workload.assets) printed.set(`${folderOf(workload)}/${path}`, content);
  }
  return printed;
}

/** What a workload's definitions are called, and what its files call all that they have for `main`. */
interface WorkloadNames {
  readonly definitions: ReadonlyMap<Definition, Place>;
  readonly files: ReadonlyMap<SourceFile, string>;
}

/** For each workload the definitions that others use. */
function usedElsewhere(
  workloads: readonly WorkloadCode[],
  places: ReadonlyMap<Definition, Place>,
): ReadonlyMap<WorkloadCode, ReadonlySet<Definition>> {
  const used = new Map(workloads.map((workload) => [workload, new Set<Definition>()]));
  for (const workload of workloads) {
    for (const { code } of workload.files.flatMap(({ definitions }) => definitions)) {
      for (const definition of definitionsIn(code)) {
        const owner = places.get(definition)?.workload;
        if (owner !== undefined && owner !== workload) used.get(owner)?.add(definition);
      }
    }
  }
  return used;
}

/** Names every definition of a workload, so that each has one name in all of its files. */
function nameAll(workload: WorkloadCode): WorkloadNames {
  const names = new Names();
  const all = workload.files.flatMap(({ definitions }) => definitions);
  for (const { name } of all.flatMap(({ code }) => importsIn(code))) names.reserve(name);
  const definitions = new Map(
    workload.files.flatMap((file) =>
      file.definitions.map((definition) => {
        const place = { workload, file: file.name, name: names.choose(camelCase(definition.wish)) };
        return [definition, place];
      }),
    ),
  );
  const files = new Map(
    workload.files.map((file) => {
      const name = camelCase(file.name);
      return [file, names.choose(name, `${name}Blocks`)];
    }),
  );
  return { definitions, files };
}

function printFile(
  file: SourceFile,
  workload: WorkloadCode,
  places: ReadonlyMap<Definition, Place>,
  outside: readonly Definition[],
  partNames: ReadonlyMap<SourceFile, string>,
): string {
  const nameOfPart = (part: SourceFile): string => partNames.get(part) ?? camelCase(part.name);
  const all = workload.files.flatMap(({ definitions }) => definitions);
  const own = all.flatMap((definition) => places.get(definition)?.name ?? []);
  const imports = new Imports(new Set([...own, ...partNames.values()]));
  const naming: Naming = {
    nameOf: (definition) => nameIn(file, workload, places.get(definition), imports),
    imported: (from, name) => imports.add(from, name),
  };
  const isMain = file.name === 'main';
  const definitions = inOrder(file.definitions);
  const [single, ...more] = definitions;
  const elsewhere = new Set([
    ...workload.files
      .filter((other) => other !== file)
      .flatMap((other) => other.definitions.flatMap(({ code }) => [...definitionsIn(code)])),
    ...outside,
  ]);
  const head = (file.comment ?? []).map((line) => `// ${line}`.trimEnd());
  if (isMain && workload.files.length === 1 && single && more.length === 0 && !elsewhere.has(single)) {
    const comment = (single.comment ?? []).map((line) => `// ${line}`);
    const code = printCode(single.code, naming);
    return [...head, imports.print(), ...comment, `export default ${single.exports ? code : '[]'};`].join(
      '\n',
    );
  }
  const printed = definitions.map((definition) => {
    const comment = (definition.comment ?? []).map((line) => `// ${line}`.trimEnd());
    const start = elsewhere.has(definition) ? 'export const' : 'const';
    return [
      ...comment,
      `${start} ${naming.nameOf(definition)} = ${printCode(definition.code, naming)};`,
      '',
    ].join('\n');
  });
  const given = definitions.filter((one) => one.exports).map((one) => naming.nameOf(one));
  if (!isMain) {
    const all = given.length === 0 ? [] : [`export const ${nameOfPart(file)} = [${given.join(', ')}];`];
    return [...head, imports.print(), ...printed, ...all].join('\n');
  }
  const others = workload.files.filter(
    (other) => other !== file && other.definitions.some((one) => one.exports),
  );
  const parts = others.map((other) => imports.add(`./${other.name}`, nameOfPart(other)));
  const passedOn = outside
    .filter((one) => places.get(one)?.file !== 'main')
    .map((one) => {
      const place = places.get(one);
      return place === undefined ? '' : `export { ${place.name} } from './${place.file}';`;
    });
  return [
    ...head,
    imports.print(),
    ...printed,
    ...new Set(passedOn),
    `export default [${[...parts, ...given].join(', ')}];`,
  ].join('\n');
}

function nameIn(
  file: SourceFile,
  workload: WorkloadCode,
  place: Place | undefined,
  imports: Imports,
): string {
  if (place === undefined) throw new Error('a definition is used that no workload holds');
  if (place.workload !== workload)
    return imports.add(aliasOf(place.workload), place.name, place.workload.name);
  return place.file === file.name ? place.name : imports.add(`./${place.file}`, place.name);
}

/** The import statements of one file. */
class Imports {
  readonly #names = new Map<string, Set<string>>();

  constructor(private readonly taken: ReadonlySet<string>) {}

  /** Imports a name; under a longer one where something else here has that name. */
  add(from: string, name: string, workload?: string): string {
    const isTaken = (workload !== undefined && this.taken.has(name)) || this.#isImported(name, from);
    const local = isTaken ? camelCase(`${workload ?? from.split(/[:/]/).at(-1)}-${name}`) : name;
    const written = local === name ? name : `${name} as ${local}`;
    this.#names.set(from, (this.#names.get(from) ?? new Set()).add(written));
    return local;
  }

  /** Whether another module gave the name already. */
  #isImported(name: string, except: string): boolean {
    return [...this.#names].some(([from, names]) => from !== except && names.has(name));
  }

  print(): string {
    const rank = (from: string): string => (from.startsWith('.') ? `~${from}` : from);
    const sorted = [...this.#names].sort(([one], [other]) => (rank(one) < rank(other) ? -1 : 1));
    const lines = sorted.map(([from, names]) => `import { ${[...names].sort().join(', ')} } from '${from}';`);
    return `${lines.join('\n')}\n`;
  }
}
