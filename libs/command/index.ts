export * from './read-options';
export * from './run-command';
