// Made by tools/sync-schemas from blocks.schema.json. Make it again: npm run sync-schemas. Do not edit.

import type { Many, Value } from '@home/terraform';

export interface CertRequestArguments {
  dns_names?: Value<readonly Value<string>[]>
  ip_addresses?: Value<readonly Value<string>[]>
  /** Sensitive. */
  private_key_pem: Value<string>
  uris?: Value<readonly Value<string>[]>
  subject?: Many<Subject>
}

export interface LocallySignedCertArguments {
  allowed_uses: Value<readonly Value<string>[]>
  ca_cert_pem: Value<string>
  /** Sensitive. */
  ca_private_key_pem: Value<string>
  cert_request_pem: Value<string>
  early_renewal_hours?: Value<number>
  is_ca_certificate?: Value<boolean>
  max_path_length?: Value<number>
  set_subject_key_id?: Value<boolean>
  validity_period_hours: Value<number>
}

export interface PrivateKeyArguments {
  algorithm: Value<string>
  ecdsa_curve?: Value<string>
  rsa_bits?: Value<number>
}

export interface ProviderArguments {
  proxy?: Many<Proxy>
}

export interface Proxy {
  from_env?: Value<boolean>
  /** Sensitive. */
  password?: Value<string>
  url?: Value<string>
  username?: Value<string>
}

export interface SelfSignedCertArguments {
  allowed_uses: Value<readonly Value<string>[]>
  dns_names?: Value<readonly Value<string>[]>
  early_renewal_hours?: Value<number>
  ip_addresses?: Value<readonly Value<string>[]>
  is_ca_certificate?: Value<boolean>
  max_path_length?: Value<number>
  /** Sensitive. */
  private_key_pem: Value<string>
  set_authority_key_id?: Value<boolean>
  set_subject_key_id?: Value<boolean>
  uris?: Value<readonly Value<string>[]>
  validity_period_hours: Value<number>
  subject?: Many<Subject>
}

export interface Subject {
  common_name?: Value<string>
  country?: Value<string>
  email_address?: Value<string>
  locality?: Value<string>
  organization?: Value<string>
  organizational_unit?: Value<string>
  postal_code?: Value<string>
  province?: Value<string>
  serial_number?: Value<string>
  street_address?: Value<readonly Value<string>[]>
}
