export { addressOf, addressesOf, formatTarget, isRepeated } from './addresses';
export {
  type Blocks,
  type Condition,
  type Dynamic,
  type Each,
  type Lifecycle,
  type Many,
  type MetaArguments,
  type Single,
  block,
  dataBlock,
  dynamicBlock,
  ephemeralBlock,
  flatten,
  instance,
  isBlock,
  isDynamic,
  resourceBlock,
} from './block';
export {
  Block,
  type BlockKind,
  type Body,
  type Expression,
  type Reference,
  type Source,
  type Step,
  type Target,
  type Value,
  blockKinds,
  expression,
  isExpression,
  isPlainObject,
  isPublic,
  publicText,
  raw,
  reference,
  sourceOf,
  tf,
} from './expression';
export * from './declarations';
export { type FileBlock, type TfJson, blocksIn } from './render/file-blocks';
export * from './functions';
export { type OwnedBlock, OwnedBlocks, type Owner, type Rule } from './known/owned-blocks';
export { endOfQuoted, holdsCode, readTemplate } from './hcl/template';
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
export { stepsOf, valueAt } from './instance-path';
export { filesIn, problemsOf } from './failure';
export { knownValue, resolve } from './known/known-value';
export { nearestName } from './nearest-name';
export { type PlacedExpression, expressionsIn } from './known/known-value';
export { type Problem, ProblemsError, formatProblem, formatProblems, refuse } from './problem';
export { remember } from './remember';
export { type ComposedTemplate, type Rendered, render } from './render/render';
export { type Json } from './render/render-value';
export { type Backend, type Readiness, type Stack } from './stack';
export { formatFile, isGenerated, removeGenerated, wasGenerated, writeFiles } from './render/write';
