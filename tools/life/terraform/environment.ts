import { type Environment, readEnvironment } from '@home/command';
import { encryption, type EncryptionChoice } from './encryption';

export type { Environment };

/** What would make Terraform do something other than what was shown, or in another place. */
const meddling = /^TF_(CLI_ARGS.*|WORKSPACE|DATA_DIR|INPUT|LOG_CORE)$/;

/**
 * The environment that Terraform gets: that of the commands, and what makes Terraform behave the same everywhere.
 * Secrets travel in it alone, never in arguments.
 */
export function terraformEnvironment(
  root: string,
  given: Environment,
  choice: EncryptionChoice,
): Environment {
  const own = Object.entries(readEnvironment(root, given));
  const kept = Object.fromEntries(own.filter(([name]) => !meddling.test(name)));
  return {
    ...kept,
    // Leaves out hints such as "now run terraform apply", which go past the checks of these commands.
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
    CHECKPOINT_DISABLE: '1',
    ...encryption(kept, choice),
  };
}
