import { type Rule } from '@home/terraform';
import { noFormerSettings } from './no-former-settings';
import { requireOneBootstrap } from './require-one-bootstrap';
import { requireOneHostname } from './require-one-hostname';
import { requireValidMachinePatches } from './require-valid-machine-patches';

/** The rules about machines. */
export const rules: readonly Rule[] = [
  noFormerSettings,
  requireOneBootstrap,
  requireOneHostname,
  requireValidMachinePatches,
];
