export * from './component';
export * from './generated-stack';
export * from './install-component';
export * from './namespaces';
export * from './tally';
