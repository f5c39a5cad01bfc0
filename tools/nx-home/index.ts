export * from './graph';
export { checkFresh } from './checks/check-fresh';
export { type Task, describeApart } from './describe/describe-apart';
export { checkHome, checkStacks } from './generate';
