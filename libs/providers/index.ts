export * from './block-schema';
export type * from './generated';
export * from './manifest';
export * from './recorded-schema';
export * from './typed-blocks';
