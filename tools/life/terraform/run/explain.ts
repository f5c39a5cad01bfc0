import { type Problem, ProblemsError } from '@home/terraform';
import { grouped } from '../grouped';
import type { RootModule } from '../root-module';
import { remedyFor } from './remedies';
import { type Diagnostic, type Outcome, type Runner, runTerraform } from './run-terraform';

type Failure = Pick<Outcome, 'diagnostics' | 'complaint' | 'output' | 'interrupted'>;

/**
 * A failed run of Terraform as one line for each thing to mend: stack, workload, address, what, and what to do.
 *
 * @param again the command that a user calls again when all is mended: `npm run deploy`
 */
export function explain(module: RootModule, outcome: Failure, again: string): ProblemsError {
  const errors = outcome.diagnostics.filter(({ severity }) => severity === 'error');
  // Terraform adds these to an interrupted run; they name nothing.
  const telling = errors.filter(({ summary }) => summary !== 'execution halted');
  if (outcome.interrupted) {
    const what = 'was interrupted; what was made until then is in the state';
    return new ProblemsError([
      { where: module.stack, what, remedy: `Run \`${again}\` to continue from there` },
    ]);
  }
  if (telling.length === 0) return new ProblemsError([unexplained(module, outcome, again)]);
  return new ProblemsError(merged(telling.map((diagnostic) => problemOf(module, diagnostic, again))));
}

/**
 * Runs Terraform in a root module, and explains it where that fails.
 *
 * @param again the command that a user calls again when all is mended
 * @returns what it printed besides events
 * @throws ProblemsError with a line for each thing to mend
 */
export async function runOrExplain(
  runner: Runner,
  module: RootModule,
  commands: readonly string[],
  again: string,
): Promise<string> {
  const outcome = await runTerraform(runner, module.folder, commands);
  if (outcome.exitCode !== 0) throw explain(module, outcome, again);
  return outcome.output;
}

/** One line for what happened to many: where the same thing is wrong in several places, the first one is named. */
function merged(problems: readonly Problem[]): Problem[] {
  const groups = grouped(problems, ({ what, remedy }) => `${what}\0${remedy}`);
  return [...groups.values()].flatMap(([first, ...more]) => {
    if (first === undefined) return [];
    return more.length === 0 ? [first] : [{ ...first, where: `${first.where} and ${more.length} more` }];
  });
}

/** One diagnostic as a problem. */
export function problemOf(module: RootModule, diagnostic: Diagnostic, again: string): Problem {
  const address = diagnostic.address ?? addressIn(diagnostic);
  const workload = address === undefined ? workloadOf(diagnostic) : module.workloadOf(address);
  const where = [workload === undefined ? module.stack : `${module.stack}/${workload}`, address];
  const known = remedyFor(diagnostic, { stack: module.stack, address, backend: module.backend, again });
  return {
    where: where.filter((part) => part !== undefined).join(': '),
    what: known?.what ?? sentenceOf(diagnostic),
    remedy: known?.remedy ?? `Fix it and run \`${again}\`; it continues where it stopped`,
  };
}

/** What Terraform says, on one line. */
function sentenceOf({ summary, detail }: Pick<Diagnostic, 'summary' | 'detail'>): string {
  const text = [summary.trim(), detail.trim()].filter((part) => part !== '').join(': ');
  return text.replace(/\s+/g, ' ').replace(/[.\s]+$/, '');
}

/** Some diagnostics name the resource in their text only, or by the block they point into. */
function addressIn({ detail, snippet }: Diagnostic): string | undefined {
  const named =
    /(?:[Rr]esource |object to |changes to |for )"?([a-z0-9]+_[a-z0-9_]+\.[A-Za-z_][\w-]*(?:\[[^\]]*\])?)/.exec(
      detail,
    );
  const [, type, label] = /^resource[. ]"?([\w-]+)"?[. ]"?([\w-]+)/.exec(snippet?.context ?? '') ?? [];
  return named?.[1] ?? (label === undefined ? undefined : `${type}.${label}`);
}

function workloadOf({ range }: Diagnostic): string | undefined {
  const workload = range?.filename.replace(/^.*\//, '').replace(/\.tf\.json$/, '');
  return workload === 'stack' ? undefined : workload;
}

function unexplained(module: RootModule, { complaint, output }: Failure, again: string): Problem {
  // Without -json Terraform draws a frame around its messages.
  const text = `${complaint}\n${output}`.replace(/\x1b\[[\d;]*m/g, '').replace(/^[╷│╵\s]+/gm, '');
  const [, said] = /^Error: ([\s\S]*)/m.exec(text) ?? [undefined, text];
  const diagnostic: Diagnostic = {
    severity: 'error',
    summary: said.trim() || 'Terraform ended without a message',
    detail: '',
  };
  return problemOf(module, diagnostic, again);
}
