export * from './component';
export * from './install-component';
