export { checkAddition } from './checks/check-addition';
export { isUsableName, projectName } from './graph/check-names';
export { checkHome } from './generate';
export { stackOrder } from './graph/check-order';
export { type Description, describeHome } from './describe/describe-home';
export { type House } from './graph/house';
export { type Place, generatedFolder, isStack, workloadPlace } from './graph/layout';
