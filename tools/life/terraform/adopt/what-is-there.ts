import type { ProblemsError } from '@home/terraform';
import type { Diagnostic, Outcome } from '../run/run-terraform';

/** A plan with some import blocks, and how to complain about it. */
export interface Trial {
  readonly outcome: Pick<Outcome, 'exitCode' | 'diagnostics' | 'interrupted'>;
  fail(): ProblemsError;
}

/**
 * Finds out which objects are there, by trying to import them. Providers say that one is not there each in its own way
 * and not always which, so what fails together is halved until it fails alone.
 *
 * @param wanted address and whatever goes with it
 * @param tryThese plans with import blocks for some of them
 * @throws ProblemsError when a provider does not answer, or nothing can be planned at all
 */
export async function whatIsThere<Item>(
  wanted: readonly (readonly [string, Item])[],
  tryThese: (some: readonly (readonly [string, Item])[]) => Promise<Trial>,
): Promise<(readonly [string, Item])[]> {
  if (wanted.length === 0) return [];
  const trial = await tryThese(wanted);
  const { exitCode, diagnostics, interrupted } = trial.outcome;
  if (exitCode === 0) return [...wanted];
  if (interrupted || diagnostics.some(isSilence)) throw trial.fail();
  const missing = missingIn(diagnostics);
  const rest = wanted.filter(([address]) => !missing.has(address));
  if (rest.length < wanted.length) return whatIsThere(rest, tryThese);
  if (wanted.length === 1) {
    // Without any import block it has to succeed, or the mistake is another one.
    const without = await tryThese([]);
    if (without.outcome.exitCode !== 0) throw without.fail();
    return [];
  }
  const middle = Math.ceil(wanted.length / 2);
  return [
    ...(await whatIsThere(wanted.slice(0, middle), tryThese)),
    ...(await whatIsThere(wanted.slice(middle), tryThese)),
  ];
}

/** Nobody answered, so nothing is known. */
const isSilence = ({ summary, detail }: Diagnostic): boolean =>
  /dial (tcp|unix)|connection refused|i\/o timeout|deadline exceeded|no such host|no route to host|unauthorized|forbidden|\b40[13]\b/i.test(
    `${summary} ${detail}`,
  );

/** The objects that Terraform names as not being there. */
function missingIn(diagnostics: readonly Diagnostic[]): Set<string> {
  return new Set(
    diagnostics
      .filter(({ summary }) => summary === 'Cannot import non-existent remote object')
      .flatMap(({ detail }) => /object to "([^"]+)"/.exec(detail.replace(/\s+/g, ' '))?.[1] ?? []),
  );
}
