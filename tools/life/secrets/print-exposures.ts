import type { Exposure } from './exposures';

/** The exposures as lines, grouped by workload. */
export function printExposures(exposures: readonly Exposure[]): string[] {
  if (exposures.length === 0) return ['No sensitive value reaches a state.'];
  const workloads = [...new Set(exposures.map(({ stack, workload }) => `${stack}/${workload}`))];
  const lines = workloads.flatMap((name) => [
    name,
    ...exposures
      .filter(({ stack, workload }) => `${stack}/${workload}` === name)
      .flatMap(({ address, attributes, why }) => [
        `  ${address}: ${attributes.join(', ')}`,
        `    because ${why}`,
      ]),
  ]);
  return [
    'Sensitive values that a state holds in clear text; keep the states as safe as the home itself:',
    ...lines,
  ];
}
