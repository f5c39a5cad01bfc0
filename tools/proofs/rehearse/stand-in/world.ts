import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { type Wire, type WireObject, isList, isObject } from './message-pack';

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
}

/** What was done to the world, in order. */
export interface Deed {
  readonly verb: 'create' | 'update' | 'delete';
  readonly type: string;
  readonly key: string;
}

interface Contents {
  serial: number;
  objects: Record<string, Record<string, Kept>>;
  machines: Record<string, Machine>;
  pods: Pod[];
}

/**
 * Everything that the stand-ins' systems hold: Kubernetes' objects, the NAS, Gotify's clients, the machines. It lies
 * in one file, so that it outlives a crash of either side, and only its owner can read it.
 */
export class World {
  readonly deeds: Deed[] = [];
  #contents: Contents = { serial: 0, objects: {}, machines: {}, pods: [] };

  constructor(
    readonly file: string,
    /** The way to a cluster that is simply there, where the machines do not matter. */
    readonly kubeconfig?: string,
  ) {
    this.#save();
  }

  /** The next number that nobody had before. */
  serial(): number {
    this.#contents.serial += 1;
    return this.#contents.serial;
  }

  find(type: string, key: string | undefined): Kept | undefined {
    return key === undefined ? undefined : this.#contents.objects[type]?.[key];
  }

  /** All objects of a type by their key. */
  all(type: string): Readonly<Record<string, Kept>> {
    return this.#contents.objects[type] ?? {};
  }

  /** All objects. */
  objects(): (Kept & { readonly type: string; readonly key: string })[] {
    return Object.entries(this.#contents.objects).flatMap(([type, objects]) =>
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
    (this.#contents.objects[type] ??= {})[key] = kept;
    this.#save();
  }

  /** Somebody else removes an object. In a namespace that goes, everything goes. */
  vanish(type: string, key: string): void {
    delete this.#contents.objects[type]?.[key];
    if (type.startsWith('kubernetes_namespace')) {
      this.#drop((other, name) => other.startsWith('kubernetes_') && name.startsWith(`${key}/`));
    }
    this.#save();
  }

  /** Somebody else changes one argument of an object, given by its path: `spec.0.replicas`. */
  change(type: string, key: string, path: string, value: Wire): void {
    const kept = this.#contents.objects[type]?.[key];
    if (!kept) throw new Error(`There is no ${type} ${key} in the rehearsal's world to change.`);
    const changed = replaceAt(kept.value, path.split('.'), value);
    if (isObject(changed))
      this.#contents.objects[type] = { ...this.#contents.objects[type], [key]: { ...kept, value: changed } };
    this.#save();
  }

  machine(address: string): Machine | undefined {
    return this.#contents.machines[address];
  }

  get machines(): Readonly<Record<string, Machine>> {
    return this.#contents.machines;
  }

  setMachine(address: string, machine: Machine): void {
    this.#contents.machines[address] = machine;
    this.#save();
  }

  /** The machine's disk died and a blank one is in its place; with the last copy of etcd the cluster is gone. */
  blank(address: string): void {
    delete this.#contents.machines[address];
    if (!this.clusterRuns()) {
      this.#drop((type) => type.startsWith('kubernetes_'));
      this.#contents.pods = [];
    }
    this.#save();
  }

  /** Whether some machine has a copy of etcd. */
  hasMember(): boolean {
    return Object.values(this.#contents.machines).some(({ member }) => member);
  }

  clusterRuns(): boolean {
    return this.kubeconfig !== undefined || this.hasMember();
  }

  /** The name that the machines' configurations give the cluster. */
  clusterName(): string {
    const configurations = Object.values(this.#contents.machines).map(({ configuration }) => configuration);
    return /"cluster_name":"([^"]+)"/.exec(configurations.join())?.[1] ?? '';
  }

  get pods(): readonly Pod[] {
    return this.#contents.pods;
  }

  /** Sets which pods run beside those of the controllers. */
  setPods(pods: readonly Pod[]): void {
    this.#contents.pods = [...pods];
    this.#save();
  }

  /** Everything as it stands, to come back to with `restore`. */
  snapshot(): string {
    return readFileSync(this.file, 'utf8');
  }

  restore(snapshot: string): void {
    this.#contents = JSON.parse(snapshot);
    this.deeds.length = 0;
    this.#save();
  }

  #drop(goes: (type: string, key: string) => boolean): void {
    for (const [type, objects] of Object.entries(this.#contents.objects)) {
      for (const key of Object.keys(objects)) if (goes(type, key)) delete objects[key];
    }
  }

  #save(): void {
    const temporary = `${this.file}.new`;
    writeFileSync(temporary, JSON.stringify(this.#contents), { mode: 0o600 });
    renameSync(temporary, this.file);
  }
}

function replaceAt(whole: Wire, [step, ...rest]: readonly string[], value: Wire): Wire {
  if (step === undefined) return value;
  if (isList(whole))
    return whole.map((inner, index) => (String(index) === step ? replaceAt(inner, rest, value) : inner));
  const object = isObject(whole) ? whole : {};
  return { ...object, [step]: replaceAt(object[step] ?? null, rest, value) };
}
