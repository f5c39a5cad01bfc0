export * from './lanes';
export * from './namespaces';
export * from './outcome';
export * from './run-proof';
export * from './scene';
export * from './self-signed';
