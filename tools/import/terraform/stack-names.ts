import { freeName } from '../code/names';

/**
 * Names that no two blocks of a stack share. Each is kept where it is free; another gets the workload's name before its
 * own: `web` → `photos_web`.
 */
export class StackNames {
  readonly #taken: Set<string>;
  readonly #chosen = new Map<string, string>();

  /** @param addresses that the stack has already, such as `kubernetes_service_v1.web` or `var.host` */
  constructor(addresses: Iterable<string>) {
    this.#taken = new Set(addresses);
  }

  /**
   * The name of a block, the same each time.
   *
   * @param kind what stands before the name in an address: a type, `data.TYPE`, `var`, `output`, `local` or `module`
   */
  nameFor(workload: string, kind: string, wish: string): string {
    const key = [workload, kind, wish].join(' ');
    const known = this.#chosen.get(key);
    if (known !== undefined) return known;
    const longer = `${workload.replaceAll('-', '_')}_${wish}`;
    const name = freeName([wish, longer], (one) => !this.#taken.has(`${kind}.${one}`), '_');
    this.#taken.add(`${kind}.${name}`);
    this.#chosen.set(key, name);
    return name;
  }
}
