import { readFileSync } from 'node:fs';
import type { ProviderSchema } from '@home/providers';
import { type MakeUp, fingerprint, makeUp } from './computed';
import { keyOf, kindOfResource, livesInState } from './resources';
import type { WireObject } from './message-pack';
import { complete, emptyObject, keep, plan, planObject, settle, writeOnlyValues } from './planning';
import { findPods } from './pods';
import { type Members, membersOf } from './schema';
import { demand, follow, reach } from './systems';
import { Refusal } from './trouble';
import type { World } from './world';

type Section = 'resource_schemas' | 'data_source_schemas' | 'ephemeral_resource_schemas';

/** Arguments that no system holds, so that they are missing after an import. */
const onlyInConfiguration = /_wo_(revision|version)$|^wait_for_|^timeouts$|^force_destroy$/;

/** What one provider does, apart from how it is asked: values in, values out, a `Refusal` where it would complain. */
export class Provider {
  constructor(
    readonly name: string,
    readonly recorded: ProviderSchema,
    readonly world: World,
  ) {}

  members(section: Section, type: string): Members {
    const schema = this.recorded[section]?.[type];
    if (!schema?.block) throw new Refusal(`${type} is not in the recorded schema of ${this.name}`);
    return membersOf(schema.block);
  }

  upgrade(type: string, stored: WireObject): WireObject {
    return complete(this.members('resource_schemas', type), stored);
  }

  read(type: string, current: WireObject): WireObject | null {
    if (livesInState(type)) return current;
    reach(this.world, type);
    const kept = this.world.find(type, keyOf(type, current));
    return kept ? complete(this.members('resource_schemas', type), kept.value) : null;
  }

  plan(type: string, prior: WireObject | null, proposed: WireObject, config: WireObject) {
    return plan(type, this.members('resource_schemas', type), { prior, proposed, config });
  }

  /** Makes an object, or changes the one that was there before. */
  apply(type: string, prior: WireObject | null, planned: WireObject, config: WireObject): WireObject {
    reach(this.world, type);
    const verb = prior ? 'update' : 'create';
    const wanted = keyOf(type, prior ?? config);
    const kept = this.world.find(type, wanted);
    if (!prior && kept && !kindOfResource(type).overwrites)
      throw new Refusal(`${type} "${wanted}" already exists`);
    if (prior && !kept && !livesInState(type)) throw new Refusal(`${type} "${wanted}" not found`);
    demand(this.world, { verb, type, key: wanted ?? '' }, config);
    const members = this.members('resource_schemas', type);
    const serial = this.world.serial();
    const state = settle(members, planned, config, this.#madeUp(type, wanted, config, serial));
    const key = wanted ?? keyOf(type, state) ?? String(serial);
    const sent = writeOnlyValues(members, config);
    const secrets = prior ? keep(kept?.secrets ?? {}, sent, prior, planned) : sent;
    if (!livesInState(type)) this.world.put(type, key, { value: state, secrets });
    follow(this.world, { verb, type, key }, state, config);
    return state;
  }

  delete(type: string, prior: WireObject): void {
    reach(this.world, type);
    const key = keyOf(type, prior) ?? '';
    this.world.vanish(type, key);
    follow(this.world, { verb: 'delete', type, key }, prior, {});
  }

  import(type: string, id: string): WireObject {
    const members = this.members('resource_schemas', type);
    if (kindOfResource(type).cannotBeImported)
      throw new Refusal('Resource Import Not Implemented', `${type} does not support import.`);
    if (type === 'talos_machine_bootstrap') return { ...emptyObject(members), id: 'machine_bootstrap' };
    if (type === 'talos_machine_secrets') return this.#secretsFrom(id, members);
    reach(this.world, type);
    const kept = this.world.find(type, id);
    // As most providers do, it takes any id at its word; reading it shows whether there is such an object.
    if (!kept) return { ...emptyObject(members), id };
    const known = Object.entries(kept.value).filter(([name]) => !onlyInConfiguration.test(name));
    return complete(members, Object.fromEntries(known));
  }

  readData(type: string, config: WireObject): WireObject {
    const members = this.members('data_source_schemas', type);
    if (!livesInState(type)) reach(this.world, type);
    const key = keyOf(type, config);
    const answer = this.#settled(members, config, this.#madeUp(type, key, config));
    if (type === 'kubernetes_resources') return { ...answer, objects: findPods(this.world, config) };
    if (!(type in (this.recorded.resource_schemas ?? {})) || livesInState(type)) return answer;
    const kept = this.world.find(type, key);
    if (!kept) throw new Refusal(`${type} "${key}" not found`);
    const known = Object.entries(kept.value).filter(
      ([name]) => members.get(name)?.computed && (config[name] ?? null) === null,
    );
    return complete(members, { ...answer, ...Object.fromEntries(known) });
  }

  open(type: string, config: WireObject): WireObject {
    const members = this.members('ephemeral_resource_schemas', type);
    // Random values are drawn again each time; what is kept somewhere, such as a vault's item, stays the same.
    const serial = type.startsWith('random_') ? this.world.serial() : fingerprint(config);
    return this.#settled(members, config, this.#madeUp(type, undefined, config, serial));
  }

  #secretsFrom(file: string, members: Members): WireObject {
    let contents: string;
    try {
      contents = readFileSync(file, 'utf8');
    } catch (cause) {
      throw new Refusal('failed to import state', String(cause));
    }
    const type = 'talos_machine_secrets';
    const madeUp = this.#madeUp(type, 'machine_secrets', {}, fingerprint(contents));
    return { ...this.#settled(members, emptyObject(members), madeUp), talos_version: 'v1.3' };
  }

  /** What there is as soon as it is asked for, without a plan. */
  #settled(members: Members, config: WireObject, madeUp: MakeUp): WireObject {
    return settle(members, planObject(members, config, null), config, madeUp);
  }

  #madeUp(
    type: string,
    key: string | undefined,
    config: WireObject,
    serial: number | string = fingerprint(config),
  ) {
    const { kubeconfig } = this.world;
    return makeUp({ type, key, config, serial, cluster: this.world.clusterName(), kubeconfig });
  }
}
