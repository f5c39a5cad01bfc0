export { type House, readHouse, workloadsOf } from './house';
export {
  type Place,
  adoptFile,
  allowFile,
  generatedFile,
  generatedFolder,
  holdFile,
  isReadByTerraform,
  isStack,
  placeOf,
  stackPlace,
  workloadPlace,
} from './layout';
export { isUsableName, projectName } from './check-names';
export { type LeftStack, checkLeft, leftStacks, removeStackFolder } from './left-stacks';
export { type Stacks, importedStacks, readStacks, stackOrder } from './stacks';
