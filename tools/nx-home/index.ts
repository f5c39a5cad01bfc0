export * from './graph';
export { checkAddition } from './checks/check-addition';
export { checkFresh } from './checks/check-fresh';
export { type Description, describeHome } from './describe/describe-home';
export { checkHome } from './generate';
