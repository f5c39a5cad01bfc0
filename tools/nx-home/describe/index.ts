export { checkAddition } from '../checks/check-house';
export { type Description, describeHome } from './describe-home';
export { type Import, type Offer, namespaceOf, offersTo } from './offers';
