export * from './format-table';
export * from './read-environment';
export * from './read-options';
export * from './run-command';
