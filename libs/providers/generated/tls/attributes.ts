// Made by tools/sync-schemas from blocks.schema.json. Make it again: npm run sync-schemas. Do not edit.

export interface CertRequestAttributes {
  cert_request_pem: string
  dns_names: string[]
  id: string
  ip_addresses: string[]
  key_algorithm: string
  /** Sensitive. */
  private_key_pem: string
  uris: string[]
  subject: SubjectAttributes[]
}

export interface LocallySignedCertAttributes {
  allowed_uses: string[]
  ca_cert_pem: string
  ca_key_algorithm: string
  /** Sensitive. */
  ca_private_key_pem: string
  cert_pem: string
  cert_request_pem: string
  early_renewal_hours: number
  id: string
  is_ca_certificate: boolean
  max_path_length: number
  ready_for_renewal: boolean
  set_subject_key_id: boolean
  validity_end_time: string
  validity_period_hours: number
  validity_start_time: string
}

export interface PrivateKeyAttributes {
  algorithm: string
  ecdsa_curve: string
  id: string
  /** Sensitive. */
  private_key_openssh: string
  /** Sensitive. */
  private_key_pem: string
  /** Sensitive. */
  private_key_pem_pkcs8: string
  public_key_fingerprint_md5: string
  public_key_fingerprint_sha256: string
  public_key_openssh: string
  public_key_pem: string
  rsa_bits: number
}

export interface SelfSignedCertAttributes {
  allowed_uses: string[]
  cert_pem: string
  dns_names: string[]
  early_renewal_hours: number
  id: string
  ip_addresses: string[]
  is_ca_certificate: boolean
  key_algorithm: string
  max_path_length: number
  /** Sensitive. */
  private_key_pem: string
  ready_for_renewal: boolean
  set_authority_key_id: boolean
  set_subject_key_id: boolean
  uris: string[]
  validity_end_time: string
  validity_period_hours: number
  validity_start_time: string
  subject: SubjectAttributes[]
}

export interface SubjectAttributes {
  common_name: string
  country: string
  email_address: string
  locality: string
  organization: string
  organizational_unit: string
  postal_code: string
  province: string
  serial_number: string
  street_address: string[]
}
