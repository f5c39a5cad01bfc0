export { addressOf, addressesOf, formatTarget, isRepeated } from './addresses';
export {
  Block,
  type BlockKind,
  type Blocks,
  type Body,
  type Condition,
  type Dynamic,
  type Each,
  type Lifecycle,
  type Many,
  type MetaArguments,
  type Single,
  block,
  blockKinds,
  dataBlock,
  dynamicBlock,
  ephemeralBlock,
  flatten,
  instance,
  isBlock,
  isDynamic,
  resourceBlock,
} from './block';
export * from './declarations';
export {
  type Expression,
  type Reference,
  type Source,
  type Step,
  type Target,
  type Value,
  expression,
  isExpression,
  raw,
  reference,
  sourceOf,
  tf,
} from './expression';
export { type FileBlock, type TfJson, blocksIn } from './file-blocks';
export * from './functions';
export { type OwnedBlock, OwnedBlocks, type Owner } from './owned-blocks';
export { holdsCode, readTemplate } from './hcl/template';
export {
  type Located,
  type Traversal,
  type TraversalStep,
  formatPath,
  formatSteps,
  locate,
  readTraversal,
  traversalsIn,
} from './hcl/traversal';
export { type Members, checkMembers } from './check-members';
export { stepsOf, valueAt } from './instance-path';
export { knownValue, resolve } from './known-value';
export { nearestName } from './nearest-name';
export { type PlacedExpression, expressionsIn } from './placed-expressions';
export { type Problem, ProblemsError, formatProblem, formatProblems, refuse } from './problem';
export { type ComposedTemplate, type Rendered, render } from './render';
export { type Json, isPlainObject } from './render-value';
export { type Rule } from './rule';
export { type Backend, type Readiness, type Stack } from './stack';
export { formatFile, isGenerated, removeGenerated, writeFiles } from './write';
