import type { Environment, Terminal } from '@home/command';
import type { NodeFacts } from '@home/home';
import { type EncryptionChoice, terraformEnvironment } from './environment';
import { type Binary, findTerraform } from './run/find-terraform';
import { type Stacks, readStacks } from '@tools/nx-home/graph';

/** One run of a command: where, with what, and who looks on. */
export interface Session {
  /** The root of the repository. */
  readonly root: string;
  readonly terminal: Terminal;
  /** Of Terraform and of everything that is asked over the network; holds secrets. */
  readonly environment: Environment;
  readonly stacks: Stacks;
  /** Terraform or OpenTofu, as the home chose. */
  readonly binary: Binary;
  /** The home's own networks, in which plain HTTP is allowed: `192.168.107.0/24`. */
  readonly homeNetworks: readonly string[];
  /** The home's own domain, whose names lie in those networks. */
  readonly domain: string;
  /** The machines of the home. */
  readonly nodes: readonly NodeFacts[];
}

/** What of the home's facts these commands need. */
export interface HomeChoice extends EncryptionChoice {
  readonly networks: readonly string[];
  readonly domain: string;
  readonly nodes: readonly NodeFacts[];
}

/**
 * Starts a session.
 *
 * @throws ProblemsError when there is no usable Terraform, or an encryption that is required cannot be had
 */
export async function startSession(
  root: string,
  terminal: Terminal,
  given: Environment,
  choice: HomeChoice,
): Promise<Session> {
  const environment = terraformEnvironment(root, given, choice);
  const binary = await findTerraform(choice.binary, environment);
  return {
    root,
    terminal,
    environment,
    binary,
    stacks: readStacks(root),
    homeNetworks: choice.networks,
    domain: choice.domain,
    nodes: choice.nodes,
  };
}
