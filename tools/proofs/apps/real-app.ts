import type { AppProgram } from './programs';

/** An app of a recipe that can be started for real. */
export interface RealApp {
  readonly recipe: string;
  readonly program: AppProgram;
  /** The app's version where it is not the recipe's, and why. */
  readonly instead?: string;
  /** What the image says and the pod does not, with the page that it is known from. */
  readonly image: {
    readonly entrypoint: readonly string[];
    /** What it is started with where the pod names no arguments. */
    readonly args?: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
    /** Where the program lies in it: path → path in the folder that it was installed into. */
    readonly files: Readonly<Record<string, string>>;
  };
  /** What its Secrets hold, by their keys. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** What a person puts on the share before the first start: path on it → content. */
  readonly given?: Readonly<Record<string, string>>;
  /** Sets it up, as a person would in a browser. */
  readonly setUp?: (app: Http) => Promise<void>;
  /** Writes something that people would miss: a text in the database or in a file. */
  readonly write: (app: Http, text: string) => Promise<void>;
  /** All such texts that it gives back. */
  readonly read: (app: Http) => Promise<string>;
}

/** Talks to a running app as browsers and other programs do. */
export interface Http {
  /**
   * Sends a request.
   *
   * @returns what was answered
   * @throws Error when that is no success
   */
  (method: string, path: string, given?: Sent): Promise<string>;
}

interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  /** A text as it is, and anything else as JSON. */
  readonly body?: unknown;
}

/** Speaks HTTP with an app on a port of this machine, and keeps its cookies. */
export function httpOf(port: number): Http {
  const cookies = new Map<string, string>();
  return async (method, path, { headers = {}, body } = {}) => {
    const isText = typeof body === 'string' || body === undefined;
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: {
        ...(isText ? {} : { 'content-type': 'application/json' }),
        ...(cookies.size === 0 ? {} : { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isText ? String(body) : JSON.stringify(body) }),
      redirect: 'manual',
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const text = await answer.text();
    if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 200)}`);
    return text;
  };
}

/** The header of basic authentication. */
export const basic = (user: string, password: string): Readonly<Record<string, string>> => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});
