import type { WireObject } from './message-pack';

/** What terraform asks of a provider, in the words of the person who makes trouble. */
export type Step =
  'configure' | 'read' | 'plan' | 'create' | 'update' | 'delete' | 'import' | 'data' | 'open';

/** What goes wrong. */
export type Kind =
  /** Nothing is done, and the error says that nobody answered. */
  | { readonly kind: 'unreachable' }
  /** Nothing is done, and the error says what the trouble's maker wrote. */
  | { readonly kind: 'refuse'; readonly message: string }
  /** Somebody else was faster: nothing is done. */
  | { readonly kind: 'conflict' }
  /** It is done, and terraform never learns of it. */
  | { readonly kind: 'timeout' }
  /** No answer, until `release` lets it go on or terraform gives up. Before the deed nothing is done yet. */
  | { readonly kind: 'hang'; readonly when: 'before' | 'after' }
  /** The object is gone the moment before. */
  | { readonly kind: 'vanish' }
  /** The answer is not true. */
  | { readonly kind: 'lie'; readonly about: (value: WireObject) => WireObject };

export interface Where {
  readonly provider?: string;
  readonly type?: string;
  /** The object's key in its system, such as `apps/gotify`. */
  readonly key?: string;
  readonly steps?: readonly Step[];
}

/** One call that terraform made. */
export interface Call {
  readonly provider: string;
  readonly step: Step;
  readonly type: string;
  readonly key: string | undefined;
}

/** Trouble that was made, in the hands of who made it. */
export interface Made {
  /** Comes true when it strikes for the first time. */
  readonly struck: Promise<Call>;
  /** Ends it, and lets whatever hangs go on. */
  release(): void;
}

interface Pending extends Made {
  readonly where: Where;
  readonly what: Kind;
  times: number;
  readonly strike: (call: Call) => void;
  readonly released: Promise<void>;
}

/** The trouble that lies ahead. */
export class Trouble {
  #pending: Pending[] = [];

  /** Makes trouble for the next calls that fit, once unless told otherwise. */
  make(where: Where, what: Kind, times = 1): Made {
    const { promise: struck, resolve: strike } = deferred<Call>();
    const { promise: released, resolve } = deferred<void>();
    const release = () => {
      this.#pending = this.#pending.filter((other) => other !== pending);
      resolve();
    };
    const pending: Pending = { where, what, times, struck, strike, released, release };
    this.#pending.push(pending);
    return pending;
  }

  /** Ends all trouble that is left. */
  end(): void {
    for (const { release } of this.#pending) release();
  }

  /** Takes the first trouble that fits a call. */
  strikes(call: Call): { readonly what: Kind; readonly released: Promise<void> } | undefined {
    const found = this.#pending.find(({ where, times }) => times > 0 && fits(where, call));
    if (!found) return undefined;
    found.times -= 1;
    found.strike(call);
    return found;
  }
}

function fits({ provider, type, key, steps }: Where, call: Call): boolean {
  return (
    (provider === undefined || provider === call.provider) &&
    (type === undefined || type === call.type) &&
    (key === undefined || key === call.key) &&
    (steps === undefined || steps.includes(call.step))
  );
}

/** A promise together with what fulfils it. */
export function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((fulfil) => {
    resolve = fulfil;
  });
  return { promise, resolve };
}

/** What a provider tells terraform instead of doing what was asked. */
export class Refusal extends Error {
  constructor(
    readonly summary: string,
    readonly detail = '',
  ) {
    super([summary, detail].filter(Boolean).join(': '));
  }
}
