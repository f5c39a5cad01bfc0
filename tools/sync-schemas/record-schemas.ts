import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { withTemporaryFolder } from '@home/files';
import { runProgram } from '@home/command';
import {
  type RecordedSchema,
  type WantedProvider,
  readRecordedSchema,
  requiredProvider,
} from '@home/providers';
import { ProblemsError, refuse } from '@home/terraform';

/** A recorded schema and the file that it was read from; there is none for what Terraform printed just now. */
export interface Recording {
  readonly file?: string;
  readonly schema: RecordedSchema;
}

/** Runs `terraform providers schema -json` where nothing but the manifest's providers is declared. */
export function runTerraform(wanted: Readonly<Record<string, WantedProvider>>): Promise<Recording[]> {
  return withTemporaryFolder(async (folder) => {
    const terraform = async (...args: readonly string[]): Promise<string> => {
      const { exitCode, stdout, stderr, complaint } = await runProgram('terraform', args, { cwd: folder });
      if (exitCode === 0) return stdout;
      const what = `must succeed, but did not: ${stderr || complaint}`;
      const remedy = 'Install Terraform, or give recorded schemas: npm run sync-schemas -- --from FILE';
      refuse(['terraform', ...args].join(' '), what, remedy);
    };
    writeFileSync(join(folder, 'main.tf.json'), JSON.stringify(rootModule(Object.keys(wanted))));
    await terraform('init', '-backend=false', '-input=false', '-no-color');
    return [{ schema: JSON.parse(await terraform('providers', 'schema', '-json')) as RecordedSchema }];
  });
}

/** Terraform prints the schema of its built-in provider only where that is used. */
function rootModule(names: readonly string[]): object {
  const required = names
    .map((name) => [name, requiredProvider(name)] as const)
    .filter(([, provider]) => provider);
  return {
    terraform: { required_providers: Object.fromEntries(required) },
    data: { terraform_remote_state: { any: { backend: 'local' } } },
  };
}

/** The files that `--from` names: a file itself, of a folder everything below it. */
export function recordedFiles(from: readonly string[]): string[] {
  const absent = from.filter((path) => statSync(path, { throwIfNoEntry: false }) === undefined);
  if (absent.length > 0) {
    throw new ProblemsError(absent.map((where) => ({ where, what: 'must exist', remedy: 'Correct --from' })));
  }
  return from.flatMap((path) =>
    statSync(path).isDirectory()
      ? readdirSync(path, { recursive: true, encoding: 'utf8' })
          .filter((name) => /\.json(\.gz)?$/.test(name))
          .sort()
          .map((name) => join(path, name))
      : [path],
  );
}

/** Reads those of the files that hold provider schemas. */
export function readRecordings(files: readonly string[]): Recording[] {
  return files.flatMap((file) => {
    try {
      return [{ file, schema: readRecordedSchema(file) }];
    } catch (error) {
      if (error instanceof TypeError || error instanceof SyntaxError) return [];
      throw error;
    }
  });
}

/** The version of the provider that was recorded: from the file's name, or from the comment of a committed schema. */
export function recordedVersion({ file = '', schema }: Recording): string | undefined {
  const inName = /-(\d[\w.]*?)\.json(\.gz)?$/.exec(basename(file))?.[1];
  const inComment = / (\d[\w.]*)\. /.exec(schema['//'] ?? '')?.[1];
  return inName ?? inComment;
}
