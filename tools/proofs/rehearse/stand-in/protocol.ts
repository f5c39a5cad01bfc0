import { join } from 'node:path';
import { type Server, type ServiceDefinition, type UntypedServiceImplementation } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

const definitions = loadSync(join(__dirname, 'plugin.proto'), {
  keepCase: true,
  longs: Number,
  defaults: true,
});
const service = definitions['tfplugin6.Provider'] as ServiceDefinition;

/** A schema is asked for at every turn and always the same object: it is written once. */
const written = new WeakMap<object, Buffer>();

function writeOnce(write: (schema: object) => Buffer) {
  return (schema: object): Buffer => {
    const bytes = written.get(schema) ?? write(schema);
    written.set(schema, bytes);
    return bytes;
  };
}

/** Lets a gRPC server answer terraform's calls of the plugin protocol. */
export function addProvider(server: Server, implementation: UntypedServiceImplementation): void {
  const { GetProviderSchema: schema, ...others } = service;
  if (schema === undefined) throw new Error('plugin.proto lacks GetProviderSchema.');
  const cached = { ...schema, responseSerialize: writeOnce(schema.responseSerialize) };
  server.addService({ ...others, GetProviderSchema: cached }, implementation);
}
