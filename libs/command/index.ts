export * from './format-table';
export * from './read-options';
export * from './run-command';
