export { formatAge } from './format-age';
export { findTools, lastWrite } from './restore-replica';
