export * from './block-schema';
export type * from './generated';
export type * from './generated/talos-machine-config/documents';
export * from './machine-config';
export * from './machine-config-manifest';
export * from './manifest';
export * from './nearest-name';
export * from './recorded-schema';
export * from './typed-blocks';
