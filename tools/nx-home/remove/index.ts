export { type Removal, findRemoval } from './find-removal';
export { type Files, removeFromHome } from './remove-from-home';
