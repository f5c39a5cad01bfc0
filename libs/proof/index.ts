export * from './component';
export * from './install-component';
export * from './namespaces';
export * from './self-signed';
export * from './tally';
export * from './temporary-workspace';
