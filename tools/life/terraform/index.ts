export { terraformEnvironment } from './session';
export type { PlanJson } from './plan/plan-json';
export { readPrecious, threatsIn } from './precious/precious';
export { type RootModule, readRootModule } from './root-module';
export { findTerraform } from './session';
export { readAdoption, writeAdoption } from './adopt/adopt-file';
export { grouped } from './grouped';
export { missingCredentials } from './run/prepare';
export { readableByOthers, unsafeIn } from './state/state-safety';
