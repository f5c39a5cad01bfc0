import { join } from 'node:path';
import { runProgram } from '@home/command';
import { type Problem } from '@home/terraform';
import { generatedFolder } from '../graph/layout';

/** What Terraform says about a stack, or why it was not asked. */
export type Verdict = { readonly problems: readonly Problem[] } | { readonly skipped: string };

/** One message of `terraform validate -json`: https://developer.hashicorp.com/terraform/internals/machine-readable-ui */
interface Diagnostic {
  readonly severity: 'error' | 'warning';
  readonly summary: string;
  readonly detail?: string;
  readonly range?: { readonly filename: string; readonly start: { readonly line: number } };
}

/** How Terraform says that a provider is not installed: whether there is a lock file decides which. */
const notInstalled = /^Missing required provider$|there is no package for \S+ \S+ cached/m;

/**
 * Runs `terraform validate` in a stack; an init that failed or never was has left it without its providers.
 *
 * @param binary the home's Terraform
 */
export async function terraformValidate(root: string, stack: string, binary: string): Promise<Verdict> {
  const folder = `${generatedFolder}/${stack}`;
  const { isMissing, stdout } = await runProgram(
    binary,
    [`-chdir=${join(root, folder)}`, 'validate', '-json'],
    {
      env: { ...process.env, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' },
    },
  );
  if (isMissing) return { skipped: `${binary} is not installed` };
  const diagnostics = diagnosticsIn(stdout);
  if (diagnostics.some(({ summary }) => notInstalled.test(summary))) {
    return {
      skipped: `not all providers of ${folder} are installed. Run \`npm run init -- ${stack}\` to have it checked`,
    };
  }
  return { problems: diagnostics.map((diagnostic) => problemOf(diagnostic, folder, stack)) };
}

function diagnosticsIn(printed: string): Diagnostic[] {
  const { diagnostics }: { diagnostics: Diagnostic[] } = JSON.parse(printed);
  return diagnostics.filter(({ severity }) => severity === 'error');
}

function problemOf({ summary, detail, range }: Diagnostic, folder: string, stack: string): Problem {
  return {
    where: range === undefined ? folder : `${folder}/${range.filename}:${range.start.line}`,
    what: `Terraform does not accept it: ${[summary, detail].filter(Boolean).join('. ').replaceAll('\n', ' ')}`,
    remedy: `Correct it in the TypeScript, or run \`npm run init -- ${stack}\` when providers changed`,
  };
}
