/** A type of Kubernetes' API as its OpenAPI document describes it, without the sentences. */
export interface ApiSchema {
  /** The name of a definition. */
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, ApiSchema>>;
  readonly required?: readonly string[];
  readonly items?: ApiSchema;
  readonly additionalProperties?: ApiSchema;
  /** The fields by which the items of a list are told apart. */
  readonly keys?: readonly string[];
}

/** What is recorded of Kubernetes' API: every kind and the types that it is made of. */
export interface KubernetesApi {
  readonly '//': string;
  /** `1.35` */
  readonly version: string;
  /** `apps/v1 Deployment` → the name of its definition. */
  readonly kinds: Readonly<Record<string, string>>;
  readonly definitions: Readonly<Record<string, ApiSchema>>;
}
