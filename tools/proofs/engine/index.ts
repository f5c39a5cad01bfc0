export * from './namespaces';
export * from './self-signed';
export * from './tally';
