export { type Rebuild, applyOf, bootstrap, findBlankNodes } from './find-blank-nodes';
export { type NodeState, type Probe, probeAddress, probeNode } from './probe-node';
export { type Door, accessFile, doors, saveAccess } from './save-access';
