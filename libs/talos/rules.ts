import { longestGraceSeconds, secondsOf } from '@home/home';
import { type KubeletSettings, checkMachineDocument } from '@home/providers';
import {
  type OwnedBlock,
  type Problem,
  type Rule,
  addressOf,
  isPlainObject,
  resolve,
  isExpression,
  sourceOf,
} from '@home/terraform';
import { grantedSeconds, longestShutdownSeconds } from './kubelet';
import { type Mapping, documentsOf, kubeletSettingsIn } from './read-patches';

/** One document of a patch of a machine's configuration, as it stands in the generated file. */
interface RenderedPatch {
  /** Where a message points. */
  readonly where: string;
  /** Undefined when the text is no YAML mapping. */
  readonly document: Mapping | undefined;
}

/** The patches of all machine configurations in the home; those that only Terraform can render are left out. */
function renderedPatches(home: readonly OwnedBlock[]): RenderedPatch[] {
  return configurationsIn(home).flatMap((owned) =>
    patchesOf(owned).flatMap((patch, index) => {
      const where = `${placeOf(owned)}: config_patches[${index}]`;
      return typeof patch === 'string' ? documentsOf(patch).map((document) => ({ where, document })) : [];
    }),
  );
}

const configurationsIn = (home: readonly OwnedBlock[]): OwnedBlock[] =>
  home.filter(({ block }) => block.kind === 'data' && block.type === 'talos_machine_configuration');

function patchesOf({ block }: OwnedBlock): readonly unknown[] {
  const patches = resolve(block.body['config_patches']);
  return Array.isArray(patches) ? patches : [];
}

const placeOf = ({ owner, block }: OwnedBlock): string => `${owner.where}: ${addressOf(block)}`;

/**
 * Settings of the main document that documents of their own have replaced since Talos 1.12. Talos still reads them from
 * the configurations of old homes, but its schema of 1.13 has them no more:
 * https://docs.siderolabs.com/talos/v1.13/getting-started/what's-new-in-talos
 */
const formerSettings = [
  {
    path: ['machine', 'network'],
    successors: 'HostnameConfig, LinkConfig, LinkAliasConfig, ResolverConfig, Layer2VIPConfig',
  },
  { path: ['machine', 'time'], successors: 'TimeSyncConfig' },
  { path: ['machine', 'features', 'stableHostname'], successors: 'HostnameConfig' },
] as const;

/** Settings that documents of their own have replaced are not set the old way too, which Talos refuses. */
const noFormerSettings: Rule = (home) =>
  renderedPatches(home).flatMap(({ where, document }) =>
    formerSettings
      .filter(({ path }) => isSet(document, path))
      .map(({ path, successors }) => ({
        where,
        what: `${path.join('.')} must not be set, since ${successors} took its place`,
        remedy: `Use ${successors.split(', ', 1)[0]}; talos/README.md tells how to bring a machine of Talos 1.7 there`,
      })),
  );

/** A deletion takes the old setting away, and so is what the rule wants. */
function isSet(document: unknown, [step, ...rest]: readonly string[]): boolean {
  if (step === undefined) return !(isPlainObject(document) && document['$patch'] === 'delete');
  return isPlainObject(document) && step in document && isSet(document[step], rest);
}

/** etcd is started once, on a control plane of the home; started twice, there are two clusters. */
const requireOneBootstrap: Rule = (home) => {
  const bootstraps = resources(home, 'talos_machine_bootstrap');
  const machines = resources(home, 'talos_machine_configuration_apply').map(nodeOf);
  return [
    ...bootstraps.slice(1).map((bootstrap) => ({
      where: placeOf(bootstrap),
      what: `must be the only bootstrap of the home, but there is ${addressOf((bootstraps[0] ?? bootstrap).block)}`,
      remedy: 'Take one of the two out: control planes join the cluster by themselves',
    })),
    ...bootstraps
      // Of what Terraform alone knows nobody can say.
      .filter((bootstrap) => !isExpression(nodeOf(bootstrap)) && !machines.includes(nodeOf(bootstrap)))
      .map((bootstrap) => ({
        where: placeOf(bootstrap),
        what: `node ${JSON.stringify(nodeOf(bootstrap))} must be a machine of the home`,
        remedy: 'Bootstrap home.firstControlPlane',
      })),
  ];
};

const resources = (home: readonly OwnedBlock[], type: string): OwnedBlock[] =>
  home.filter(({ block }) => block.kind === 'resource' && block.type === type);

const nodeOf = ({ block }: OwnedBlock): unknown => resolve(block.body['node']);

/** A machine that has a static hostname makes up none: Talos gives every configuration `auto: stable` by itself. */
const requireOneHostname: Rule = (home) =>
  renderedPatches(home).flatMap(({ where, document }) => {
    const hostname = document?.['kind'] === 'HostnameConfig' ? document['hostname'] : undefined;
    if (hostname === undefined || document?.['auto'] === 'off') return [];
    const what = `HostnameConfig with the hostname ${JSON.stringify(hostname)} must have auto: off`;
    return [{ where, what, remedy: "Add auto: 'off'; Talos refuses a machine that has both" }];
  });

/** Every patch of a machine's configuration is one that Talos' own schema accepts. */
const requireValidMachinePatches: Rule = (home) => renderedPatches(home).flatMap(checkPatch);

function checkPatch({ where, document }: RenderedPatch): Problem[] {
  if (document === undefined) {
    return [{ where, what: 'must be a YAML mapping', remedy: 'Write a typed patch instead of a text' }];
  }
  // What came before the documents of today has a rule of its own, with a better message.
  const current = formerSettings.reduce<unknown>((rest, { path }) => without(rest, path), document);
  return isPlainObject(current) && (Object.keys(current).length > 0 || Object.keys(document).length === 0)
    ? checkMachineDocument(current, where)
    : [];
}

function without(document: unknown, [step, ...rest]: readonly string[]): unknown {
  if (step === undefined || !isPlainObject(document) || !(step in document)) return document;
  const { [step]: inner, ...others } = document;
  if (rest.length === 0) return others;
  return { ...others, [step]: without(inner, rest) };
}

/** A machine's kubelet gives every pod of the home the time that it may ask for, whatever ends it, and can be configured. */
const requireTimeForPods: Rule = (home) =>
  configurationsIn(home).flatMap((owned) => {
    const patches = patchesOf(owned);
    const settings = kubeletSettingsIn(patches.filter((patch) => typeof patch === 'string'));
    // What a patch says that only Terraform can render is not known.
    if (settings === undefined || patches.some(mayTellKubelet)) return [];
    return kubeletFaults(settings).map((what) => ({
      where: `${placeOf(owned)}: machine.kubelet.extraConfig`,
      what,
      remedy: 'Leave it to libs/talos/kubelet.ts, which every machine of the home has',
    }));
  });

/** Tells whether a patch that only Terraform can render may be of the main document, which a document of a kind is not. */
function mayTellKubelet(patch: unknown): boolean {
  if (!isExpression(patch)) return false;
  const made = sourceOf(patch);
  const given = made?.kind === 'code' ? made.parts.filter((part) => typeof part !== 'string') : [];
  return !given.some(({ value }) => isPlainObject(value) && 'kind' in value);
}

function kubeletFaults(settings: KubeletSettings): string[] {
  const { shutdown, eviction } = grantedSeconds(settings);
  const { shutdownGracePeriod = '0', evictionSoft, evictionSoftGracePeriod } = settings;
  const faults: readonly [there: boolean, what: string][] = [
    [
      shutdown < longestGraceSeconds,
      `shutdownGracePeriod less shutdownGracePeriodCriticalPods must give pods ${longestGraceSeconds} s when their node shuts down, but is ${shutdown} s`,
    ],
    [
      (secondsOf(shutdownGracePeriod) ?? 0) > longestShutdownSeconds,
      `shutdownGracePeriod ${shutdownGracePeriod} must be at most ${longestShutdownSeconds} s, which is how long Talos waits`,
    ],
    [
      evictionSoft !== undefined && eviction < longestGraceSeconds,
      `evictionMaxPodGracePeriod must give pods ${longestGraceSeconds} s when memory runs short, but is ${eviction}`,
    ],
    ...Object.keys(evictionSoft ?? {}).map((signal): [boolean, string] => [
      !Object.hasOwn(evictionSoftGracePeriod ?? {}, signal),
      `evictionSoftGracePeriod must have ${signal}, since evictionSoft has it: the kubelet does not start otherwise`,
    ]),
  ];
  return faults.filter(([there]) => there).map(([, what]) => what);
}

/** The rules about machines. */
export const rules: readonly Rule[] = [
  noFormerSettings,
  requireOneBootstrap,
  requireOneHostname,
  requireTimeForPods,
  requireValidMachinePatches,
];
