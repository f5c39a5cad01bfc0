/**
 * Stand-ins for the providers of the home, so that the real terraform can play the home's whole life with no cluster
 * and no network. They serve the recorded schemas over Terraform's plugin protocol and keep what they are told to make.
 *
 * What a stand-in cannot show, and only the real providers can:
 * - what a provider checks beyond its schema: a bad label, a quantity, an argument that excludes another;
 * - defaults that a provider fills in by itself (`spec.revision_history_limit` is 10), and so drift in them;
 * - which arguments force a replacement, beyond the table in `resources.ts`;
 * - whether an image exists, a pod starts, an app answers, a machine boots, a configuration is one that Talos accepts;
 * - how long anything takes, and what a provider does while it waits;
 * - a real system's own words for its errors.
 */
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ProviderSchema } from '@home/providers';
import {
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type ServiceDefinition,
  type sendUnaryData,
  status,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { type Answer, answersOf, diagnostics, readRequest } from './answers';
import { Provider } from './provider';
import { Trouble } from './trouble';
import { World } from './world';

const definitions = loadSync(join(__dirname, 'plugin.proto'), {
  keepCase: true,
  longs: Number,
  defaults: true,
});
const { GetProviderSchema, ...others } = definitions['tfplugin6.Provider'] as ServiceDefinition;
if (GetProviderSchema === undefined) throw new Error('plugin.proto lacks GetProviderSchema.');

/** A schema is asked for at every turn and always the same object: it is written once. */
const written = new WeakMap<object, Buffer>();

const { responseSerialize: write } = GetProviderSchema;
const service: ServiceDefinition = {
  ...others,
  GetProviderSchema: {
    ...GetProviderSchema,
    responseSerialize(schema) {
      const bytes = written.get(schema) ?? write(schema);
      written.set(schema, bytes);
      return bytes;
    },
  },
};

export type StandIn = Awaited<ReturnType<typeof startStandIn>>;

/**
 * Starts a stand-in for every provider, each on a socket in `directory` that only its owner can open.
 *
 * @param recorded what `terraform providers schema -json` prints, by the provider's full address
 * @param kubeconfig the way to a cluster that is simply there, where the machines do not matter
 */
export async function startStandIn(
  recorded: Readonly<Record<string, ProviderSchema>>,
  directory: string,
  kubeconfig?: string,
) {
  mkdirSync(directory, { recursive: true });
  chmodSync(directory, 0o700);
  const world = new World(kubeconfig);
  const trouble = new Trouble();
  const servers = new Map<string, Server>();
  const reattach: Record<string, object> = {};
  const start: Record<string, () => Promise<void>> = {};
  for (const [address, schemas] of Object.entries(recorded)) {
    const name = address.split('/').at(-1) ?? address;
    const socket = join(directory, `${name}.sock`);
    start[name] = async () => {
      const server = new Server({ 'grpc.max_receive_message_length': -1 });
      const answers = answersOf(new Provider(name, schemas, world), trouble);
      const calls = Object.entries(answers).map(([method, answer]) => [method, unary(answer)]);
      server.addService(service, Object.fromEntries(calls));
      await listen(server, socket);
      servers.set(name, server);
    };
    await start[name]();
    // https://developer.hashicorp.com/terraform/plugin/debugging: Test keeps terraform from ending our process.
    reattach[address] = {
      Protocol: 'grpc',
      ProtocolVersion: 6,
      Pid: process.pid,
      Test: true,
      Addr: { Network: 'unix', String: socket },
    };
  }
  return {
    world,
    trouble,
    /** The environment in which terraform finds the stand-ins instead of installed providers. */
    environment: { TF_REATTACH_PROVIDERS: JSON.stringify(reattach) },
    /** Kills a provider in the middle of what it does; the next terraform finds a new one. */
    async restart(name: string): Promise<void> {
      // While a session reads, as when it has just handed over a call, Node aborts if it is destroyed:
      // https://github.com/nodejs/node/issues/64850
      await nextTurn();
      servers.get(name)?.forceShutdown();
      await start[name]?.();
    },
    close: () => servers.forEach((server) => server.forceShutdown()),
  };
}

function listen(server: Server, socket: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.bindAsync(`unix:${socket}`, ServerCredentials.createInsecure(), (cause) =>
      cause ? reject(cause) : resolve(),
    );
  });
}

function unary(answer: Answer) {
  return (call: ServerUnaryCall<object, object>, reply: sendUnaryData<object>): void => {
    const gone = new Promise<void>((resolve) => call.on('cancelled', () => resolve()));
    Promise.resolve()
      .then(() => answer(readRequest(call.request), gone))
      .catch(diagnostics)
      .then(
        (message) => reply(null, message),
        (cause: unknown) =>
          reply({ code: status.INTERNAL, message: cause instanceof Error ? cause.stack : String(cause) }),
      );
  };
}
