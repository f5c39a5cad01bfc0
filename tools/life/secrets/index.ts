export { makeRoot, rootVariable } from './root';
