// Made by tools/sync-schemas from blocks.schema.json. Make it again: npm run sync-schemas. Do not edit.

import type * as Arguments from './arguments';
import type * as Attributes from './attributes';

export type * from './arguments';
export type * from './attributes';

export interface Resources {
  tls_cert_request: { arguments: Arguments.CertRequestArguments; attributes: Attributes.CertRequestAttributes };
  tls_locally_signed_cert: { arguments: Arguments.LocallySignedCertArguments; attributes: Attributes.LocallySignedCertAttributes };
  tls_private_key: { arguments: Arguments.PrivateKeyArguments; attributes: Attributes.PrivateKeyAttributes };
  tls_self_signed_cert: { arguments: Arguments.SelfSignedCertArguments; attributes: Attributes.SelfSignedCertAttributes };
}

export interface DataSources {}

export interface EphemeralResources {}

export type Configuration = Arguments.ProviderArguments;
