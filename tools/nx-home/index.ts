export { checkAddition } from './check-addition';
export { isUsableName, projectName } from './check-names';
export { checkHome } from './generate';
export { stackOrder } from './check-order';
export { type Description, describeHome } from './describe-home';
export { type House } from './house';
export { type Place, generatedFolder, isStack, workloadPlace } from './layout';
