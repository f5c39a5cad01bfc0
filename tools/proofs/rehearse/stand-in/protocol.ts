import { type Server, type ServiceDefinition, type UntypedServiceImplementation } from '@grpc/grpc-js';
import { type IField, type IMapField, type IOneOf, Root, type Type } from 'protobufjs';

/**
 * Terraform's plugin protocol 6, as far as a stand-in speaks it: message → `field [repeated|map] type number`, ….
 * Fields that are neither read nor answered are left out; protobuf skips what it does not know.
 * https://developer.hashicorp.com/terraform/plugin/terraform-plugin-protocol
 */
const messages: Readonly<Record<string, string>> = {
  Value: 'msgpack bytes 1, json bytes 2',
  Diagnostic: 'severity int32 1, summary string 2, detail string 3, attribute Path 4',
  Path: 'steps repeated Step 1',
  Step: 'attribute_name string 1, element_key_string string 2, element_key_int int64 3',
  Time: 'seconds int64 1, nanos int32 2',
  Schema: 'version int64 1, block Block 2',
  Block:
    'version int64 1, attributes repeated Attribute 2, block_types repeated Nested 3, ' + 'deprecated bool 6',
  Attribute:
    'name string 1, type bytes 2, nested_type Members 10, required bool 4, optional bool 5, ' +
    'computed bool 6, sensitive bool 7, deprecated bool 9, write_only bool 11',
  Nested: 'type_name string 1, block Block 2, nesting int32 3, min_items int64 4, max_items int64 5',
  Members: 'attributes repeated Attribute 1, nesting int32 3',
  State: 'json bytes 1',
  Imported: 'type_name string 1, state Value 2, private bytes 3',
  'GetProviderSchema>': '',
  'GetProviderSchema<':
    'provider Schema 1, resource_schemas map Schema 2, data_source_schemas map Schema 3, ' +
    'diagnostics repeated Diagnostic 4, ephemeral_resource_schemas map Schema 8',
  'ValidateProviderConfig>': 'config Value 1',
  'ValidateProviderConfig<': 'diagnostics repeated Diagnostic 2',
  'ValidateResourceConfig>': 'type_name string 1, config Value 2',
  'ValidateResourceConfig<': 'diagnostics repeated Diagnostic 1',
  'ValidateDataResourceConfig>': 'type_name string 1, config Value 2',
  'ValidateDataResourceConfig<': 'diagnostics repeated Diagnostic 1',
  'ValidateEphemeralResourceConfig>': 'type_name string 1, config Value 2',
  'ValidateEphemeralResourceConfig<': 'diagnostics repeated Diagnostic 1',
  'ConfigureProvider>': 'terraform_version string 1, config Value 2',
  'ConfigureProvider<': 'diagnostics repeated Diagnostic 1',
  'UpgradeResourceState>': 'type_name string 1, version int64 2, raw_state State 3',
  'UpgradeResourceState<': 'upgraded_state Value 1, diagnostics repeated Diagnostic 2',
  'ReadResource>': 'type_name string 1, current_state Value 2, private bytes 3',
  'ReadResource<': 'new_state Value 1, diagnostics repeated Diagnostic 2, private bytes 3',
  'PlanResourceChange>':
    'type_name string 1, prior_state Value 2, proposed_new_state Value 3, config Value 4',
  'PlanResourceChange<':
    'planned_state Value 1, requires_replace repeated Path 2, planned_private bytes 3, ' +
    'diagnostics repeated Diagnostic 4',
  'ApplyResourceChange>': 'type_name string 1, prior_state Value 2, planned_state Value 3, config Value 4',
  'ApplyResourceChange<': 'new_state Value 1, private bytes 2, diagnostics repeated Diagnostic 3',
  'ImportResourceState>': 'type_name string 1, id string 2',
  'ImportResourceState<': 'imported_resources repeated Imported 1, diagnostics repeated Diagnostic 2',
  'ReadDataSource>': 'type_name string 1, config Value 2',
  'ReadDataSource<': 'state Value 1, diagnostics repeated Diagnostic 2',
  'OpenEphemeralResource>': 'type_name string 1, config Value 2',
  'OpenEphemeralResource<':
    'diagnostics repeated Diagnostic 1, renew_at Time 2, result Value 3, private bytes 4',
  'RenewEphemeralResource>': 'type_name string 1, private bytes 2',
  'RenewEphemeralResource<': 'diagnostics repeated Diagnostic 1, renew_at Time 2, private bytes 3',
  'CloseEphemeralResource>': 'type_name string 1, private bytes 2',
  'CloseEphemeralResource<': 'diagnostics repeated Diagnostic 1',
  'StopProvider>': '',
  'StopProvider<': 'Error string 1',
};

/** A step is one of its fields, so that index 0 is written too. */
const oneofs: Readonly<Record<string, { selector: IOneOf }>> = {
  Step: { selector: { oneof: ['attribute_name', 'element_key_string', 'element_key_int'] } },
};

/** A message's name as a protobuf identifier: `StopProvider>` is what terraform sends, `StopProvider<` the answer. */
const identifier = (name: string): string => name.replace('>', 'Request').replace('<', 'Response');

/** `new_state Value 1` → what protobufjs calls a field. */
function fieldsOf(description: string) {
  const fields = description.split(', ').filter(Boolean);
  return fields.map((field): [string, IField | IMapField] => {
    const [name = '', ...words] = field.split(' ');
    const [id, type = '', rule] = [Number(words.pop()), words.pop(), words.pop()];
    return [name, rule === 'map' ? { keyType: 'string', type, id } : { rule, type, id }];
  });
}

const root = Root.fromJSON({
  nested: Object.fromEntries(
    Object.entries(messages).map(([name, description]) => [
      identifier(name),
      { fields: Object.fromEntries(fieldsOf(description)), oneofs: oneofs[name] },
    ]),
  ),
}).resolveAll();

const reader = (type: Type) => (bytes: Buffer) =>
  type.toObject(type.decode(bytes), { longs: Number, defaults: true });

/** A schema is asked for at every turn and always the same object: it is written once. */
const written = new WeakMap<object, Buffer>();

const writer = (type: Type) => (value: object) => {
  const bytes = written.get(value) ?? Buffer.from(type.encode(type.fromObject(value)).finish());
  written.set(value, bytes);
  return bytes;
};

/** The methods terraform may call; any other is answered UNIMPLEMENTED, which terraform takes well. */
export const methods = Object.keys(messages).flatMap((name) =>
  name.endsWith('>') ? [name.slice(0, -1)] : [],
);

const service: ServiceDefinition = Object.fromEntries(
  methods.map((method) => {
    const request = root.lookupType(`${method}Request`);
    const response = root.lookupType(`${method}Response`);
    const path = `/tfplugin6.Provider/${method}`;
    return [
      method,
      {
        path,
        requestStream: false,
        responseStream: false,
        requestSerialize: writer(request),
        requestDeserialize: reader(request),
        responseSerialize: writer(response),
        responseDeserialize: reader(response),
      },
    ];
  }),
);

/** Lets a gRPC server answer terraform's calls of the plugin protocol. */
export function addProvider(server: Server, implementation: UntypedServiceImplementation): void {
  server.addService(service, implementation);
}
