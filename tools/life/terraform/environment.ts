import { type Environment, readEnvironment } from '@home/command';
import { refuse } from '@home/terraform';

/**
 * The environment that Terraform gets: that of the commands, and what makes Terraform behave the same everywhere.
 * Secrets travel in it alone, never in arguments.
 */
export function terraformEnvironment(
  root: string,
  given: Environment,
  choice: EncryptionChoice,
): Environment {
  const own = readEnvironment(root, given);
  return {
    ...own,
    // Leaves out hints such as "now run terraform apply", which go past the checks of these commands.
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
    CHECKPOINT_DISABLE: '1',
    ...encryption(own, choice),
  };
}

/** What the home's facts say about the encryption of states and plans. */
export interface EncryptionChoice {
  readonly binary: 'terraform' | 'tofu';
  readonly stateEncryption: 'when-possible' | 'required';
}

/** Holds the passphrase; OpenTofu takes none of less than 16 characters. */
const passphraseVariable = 'HOME_STATE_PASSPHRASE';

/**
 * The variable by which OpenTofu encrypts states and plans: https://opentofu.org/docs/language/state/encryption/
 *
 * Until encryption is required, a state that was written in the clear can still be read, and is encrypted when it is
 * written the next time. Once it is required, only encrypted ones are read.
 *
 * @throws ProblemsError when encryption is required and the passphrase is missing, or it is too short
 */
function encryption(environment: Environment, { binary, stateEncryption }: EncryptionChoice): Environment {
  if (binary !== 'tofu' || environment['TF_ENCRYPTION']) return {};
  const passphrase = environment[passphraseVariable];
  const required = stateEncryption === 'required';
  if (!passphrase) {
    if (!required) return {};
    missing(
      'is missing, and libs/home/facts.ts requires every state to be encrypted (terraform.stateEncryption)',
    );
  }
  if (passphrase.length < 16) missing('must have at least 16 characters');
  const method = 'method.aes_gcm.home';
  const reading = required ? { method } : { method, fallback: { method: 'method.unencrypted.before' } };
  return {
    TF_ENCRYPTION: JSON.stringify({
      key_provider: { pbkdf2: { home: { passphrase } } },
      method: {
        aes_gcm: { home: { keys: 'key_provider.pbkdf2.home' } },
        ...(required ? {} : { unencrypted: { before: {} } }),
      },
      state: required ? { ...reading, enforced: true } : reading,
      plan: { method, enforced: true },
      remote_state_data_sources: { default: reading },
    }),
  };
}

function missing(what: string): never {
  refuse(
    passphraseVariable,
    what,
    'Put the passphrase into .env, and keep a copy where the states are not: without it they are lost',
  );
}
