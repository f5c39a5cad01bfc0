import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Server, createServer } from 'node:https';
import { type Identity } from '@home/testing';
import type { ApiObject } from '../kubernetes/to-object';

/**
 * A stand-in for the Kubernetes API as Traefik asks it: lists, and watches that tell what changes.
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes
 */
export class StandInApi {
  readonly #objects: ApiObject[];
  readonly #watches = new Map<ServerResponse, string>();
  readonly #server: Server;
  #version = 1;

  constructor(identity: Identity, objects: readonly ApiObject[]) {
    this.#objects = objects.map((object) => this.#versioned(object));
    this.#server = createServer(identity, (request, response) => this.#answer(request, response));
  }

  async open(port: number): Promise<void> {
    await once(this.#server.listen(port, '127.0.0.1').unref(), 'listening');
  }

  /** Puts an object in the place of the one of its name. */
  replace(object: ApiObject): void {
    const index = this.#objects.findIndex((one) => nameOf(one) === nameOf(object));
    const changed = (this.#objects[index] = this.#versioned(object));
    for (const [response, plural] of this.#watches)
      if (plural === pluralOf(changed)) tell(response, 'MODIFIED', changed);
  }

  #versioned(object: ApiObject): ApiObject {
    const metadata = { ...metadataOf(object), resourceVersion: String(++this.#version) };
    return { ...object, metadata };
  }

  #answer({ url = '' }: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(url, 'https://kubernetes');
    const plural = pathname.split('/').at(-1) ?? '';
    const items = this.#objects.filter((object) => pluralOf(object) === plural);
    response.writeHead(200, { 'content-type': 'application/json' });
    const metadata = { resourceVersion: String(this.#version) };
    if (searchParams.get('watch') === null) {
      const apiVersion = pathname.replace(/^\/apis?\/(.*)\/[^/]+$/, '$1');
      return void response.end(JSON.stringify({ kind: 'List', apiVersion, metadata, items }));
    }
    response.flushHeaders();
    if (searchParams.get('sendInitialEvents') === 'true') {
      for (const item of items) tell(response, 'ADDED', item);
      const annotations = { 'k8s.io/initial-events-end': 'true' };
      const { apiVersion = 'v1', kind = kinds[plural] } = items[0] ?? {};
      tell(response, 'BOOKMARK', { apiVersion, kind, metadata: { ...metadata, annotations } });
    }
    this.#watches.set(response, plural);
    response.on('close', () => this.#watches.delete(response));
  }
}

/** Of what a home may have none. */
const kinds: Readonly<Record<string, string>> = { secrets: 'Secret', nodes: 'Node' };

const metadataOf = (object: ApiObject) => object['metadata'] as Readonly<Record<string, unknown>>;

const nameOf = (object: ApiObject): string =>
  [object.kind, metadataOf(object)['namespace'], metadataOf(object)['name']].join(' ');

/** `Ingress` → `ingresses` */
const pluralOf = ({ kind }: ApiObject): string => kind.toLowerCase().replace(/s$/, 'se') + 's';

function tell(response: ServerResponse, type: string, object: object): void {
  response.write(`${JSON.stringify({ type, object })}\n`);
}
