export * from './graph';
export { checkAddition } from './checks/check-house';
export { checkFresh } from './checks/check-fresh';
export { type Description, describeHome } from './describe/describe-home';
export { type Offer, namespaceOf, offersTo } from './describe/offers';
export { checkHome } from './generate';
