export { checkAddition } from '../checks/check-house';
export { type Description, describeHome } from './describe-home';
export { loadText } from './load';
export { type Import, type Offer, namespaceOf, offersTo } from './offers';
