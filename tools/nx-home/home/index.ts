export { type Row, listWorkloads } from './list-workloads';
