import type { Ran } from '../house/run-command';

/** What `npm run plan -- --json` tells of one stack, as far as scenes look at it. */
interface Planned {
  readonly stack: string;
  readonly changes: readonly {
    readonly address: string;
    readonly action: string;
    readonly because: readonly string[];
    readonly arguments: readonly { readonly path: string }[];
  }[];
}

/** Each planned change as `change TYPE.LABEL`, sorted. */
export function changesIn(ran: Ran): string[] {
  return plansIn(ran)
    .flatMap(({ changes }) => changes.map(({ action, address }) => `${action} ${address}`))
    .sort();
}

/** The paths of all arguments that a plan changes. */
export function argumentsIn(ran: Ran): string[] {
  return plansIn(ran).flatMap(({ changes }) =>
    changes.flatMap((change) => change.arguments.map(({ path }) => path)),
  );
}

function plansIn({ output }: Ran): Planned[] {
  const lines = output.split('\n').filter((line) => line.startsWith('{'));
  return lines.map((line): Planned => JSON.parse(line));
}

/** What an apply says that it did: `TYPE.LABEL made`, sorted. */
export function deedsIn({ all }: Ran): string[] {
  return [...all.matchAll(/^ {2}(?:\S+: )?(\S+\.\S+ [a-z]+) \(\d+ s\)$/gm)]
    .map(([, deed = '']) => deed)
    .sort();
}
