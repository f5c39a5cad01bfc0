export * from './component';
export { copyModule, runGo } from './go';
