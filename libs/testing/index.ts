export { type Run, type TemporaryWorkspace, temporaryWorkspace } from './temporary-workspace';
