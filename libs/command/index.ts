export * from './disk-problem';
export * from './exposed-by-git';
export * from './format-table';
export * from './read-environment';
export * from './run-command';
export * from './run-program';
export * from './terminal';
export * from './width';
