import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allowFile } from '../own-files';
import { type RootModule, blockAddress } from '../root-module';

/**
 * Lets one plan destroy what says `prevent_destroy`, where the owner named it: an override file that is there only
 * while Terraform plans. The saved plan keeps its own copy of the configuration, so that apply needs no file.
 *
 * @param allowed the addresses of `--allow-destroy`
 */
export async function withPreventionLifted<Result>(
  module: RootModule,
  allowed: readonly string[],
  plan: () => Promise<Result>,
): Promise<Result> {
  const file = join(module.folder, allowFile);
  const lifted = module.prevented.filter((address) => allowed.some((one) => blockAddress(one) === address));
  // Also what a killed run may have left.
  rmSync(file, { force: true });
  if (lifted.length === 0) return plan();
  try {
    writeFileSync(file, JSON.stringify({ resource: overrides(lifted) }));
    return await plan();
  } finally {
    rmSync(file, { force: true });
  }
}

function overrides(addresses: readonly string[]): Record<string, Record<string, object>> {
  const resources: Record<string, Record<string, object>> = {};
  for (const address of addresses) {
    const [type = '', label = ''] = address.split('.');
    resources[type] = { ...resources[type], [label]: { lifecycle: { prevent_destroy: false } } };
  }
  return resources;
}
