export { formatAge } from './restore-replica';
export { findTools, lastWrite } from './restore-replica';
