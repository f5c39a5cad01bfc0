export { type Provisions, checkProvisions, provisionsFor } from './provisions';
export { type NewWorkload, workloadFiles } from './workload-files';
