export { terraformEnvironment } from './environment';
export { type RootModule, readRootModule } from './root-module';
export { findTerraform } from './run/find-terraform';
export { requireCredentials } from './run/require-credentials';
export { readableByOthers, unsafeIn } from './state/state-safety';
