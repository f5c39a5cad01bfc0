import { type Wire, type WireObject, isObject } from './message-pack';

/** One object of a system: what Terraform may read of it, and what it was told to keep to itself. */
export interface Kept {
  readonly value: WireObject;
  /** Write-only values by their path. A real system holds them too, and shows them to nobody. */
  readonly secrets: Readonly<Record<string, Wire>>;
}

/** One machine as Talos sees it. A machine that is not named here waits in maintenance mode with a blank disk. */
export interface Machine {
  readonly controlPlane: boolean;
  /** Holds a copy of etcd and so of every object of the cluster. */
  readonly member: boolean;
  readonly configuration: string;
}

/** A pod that runs though no controller keeps it any more, or not yet. */
export interface Pod {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly owner: string;
  /** The replica that it writes to. */
  readonly replica?: string;
}

/** What was done to the world, in order. */
export interface Deed {
  readonly verb: 'create' | 'update' | 'delete';
  readonly type: string;
  readonly key: string;
}

/** Everything that the stand-ins' systems hold: Kubernetes' objects, the NAS, Gotify's clients, the machines. */
export class World {
  readonly deeds: Deed[] = [];
  /** The machines by their address. */
  machines: Record<string, Machine> = {};
  /** The addresses of machines that are off. What they hold is still there. */
  readonly lost = new Set<string>();
  /** Which pods run beside those of the controllers. */
  pods: readonly Pod[] = [];
  #objects: Record<string, Record<string, Kept>> = {};
  #serial = 0;

  /** @param kubeconfig the way to a cluster that is simply there, where the machines do not matter */
  constructor(readonly kubeconfig?: string) {}

  /** The next number that nobody had before. */
  serial(): number {
    return (this.#serial += 1);
  }

  find(type: string, key: string | undefined): Kept | undefined {
    return key === undefined ? undefined : this.#objects[type]?.[key];
  }

  /** All objects of a type by their key. */
  all(type: string): Readonly<Record<string, Kept>> {
    return this.#objects[type] ?? {};
  }

  /** All objects. */
  objects(): (Kept & { readonly type: string; readonly key: string })[] {
    return Object.entries(this.#objects).flatMap(([type, objects]) =>
      Object.entries(objects).map(([key, kept]) => ({ type, key, ...kept })),
    );
  }

  /** Every write-only text that a system holds. */
  writeOnly(): string[] {
    const texts = (value: Wire): string[] =>
      isObject(value) ? Object.values(value).flatMap(texts) : typeof value === 'string' ? [value] : [];
    return this.objects().flatMap(({ secrets }) => Object.values(secrets).flatMap(texts));
  }

  put(type: string, key: string, kept: Kept): void {
    (this.#objects[type] ??= {})[key] = kept;
  }

  /** Somebody else removes an object. In a namespace that goes, everything goes. */
  vanish(type: string, key: string): void {
    delete this.#objects[type]?.[key];
    if (type.startsWith('kubernetes_namespace')) {
      this.#drop((other, name) => other.startsWith('kubernetes_') && name.startsWith(`${key}/`));
    }
  }

  /** Somebody else changes one argument of an object, given by its path: `spec.0.replicas`. */
  change(type: string, key: string, path: string, value: Wire): void {
    const kept = this.#objects[type]?.[key];
    if (!kept) throw new Error(`There is no ${type} ${key} in the rehearsal's world to change.`);
    const changed = JSON.parse(JSON.stringify(kept.value));
    const steps = path.split('.');
    const argument = steps.pop() ?? path;
    steps.reduce((inner, step) => inner[step], changed)[argument] = value;
    this.put(type, key, { ...kept, value: changed });
  }

  /** The machine's disk died and a blank one is in its place; with the last copy of etcd the cluster is gone. */
  blank(address: string): void {
    delete this.machines[address];
    if (!this.clusterRuns()) {
      this.#drop((type) => type.startsWith('kubernetes_'));
      this.pods = [];
    }
  }

  /** Whether some machine has a copy of etcd. */
  hasMember(): boolean {
    return Object.values(this.machines).some(({ member }) => member);
  }

  clusterRuns(): boolean {
    return this.kubeconfig !== undefined || this.#hasMajority();
  }

  /** Whether more than half of the copies of etcd are on machines that run. */
  #hasMajority(): boolean {
    const members = Object.keys(this.machines).filter((address) => this.machines[address]?.member);
    const running = members.filter((address) => !this.lost.has(address));
    return running.length * 2 > members.length;
  }

  /** The name that the machines' configurations give the cluster. */
  clusterName(): string {
    const configurations = Object.values(this.machines).map(({ configuration }) => configuration);
    return /"cluster_name":"([^"]+)"/.exec(configurations.join())?.[1] ?? '';
  }

  /** Everything as it stands, to come back to with `restore`. */
  snapshot(): string {
    const { machines, pods } = this;
    return JSON.stringify({ serial: this.#serial, objects: this.#objects, machines, pods });
  }

  restore(snapshot: string): void {
    const { serial, objects, machines, pods } = JSON.parse(snapshot);
    this.#serial = serial;
    this.#objects = objects;
    Object.assign(this, { machines, pods });
    this.deeds.length = 0;
    this.lost.clear();
  }

  #drop(goes: (type: string, key: string) => boolean): void {
    for (const [type, objects] of Object.entries(this.#objects)) {
      for (const key of Object.keys(objects)) if (goes(type, key)) delete objects[key];
    }
  }
}
