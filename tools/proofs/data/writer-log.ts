/** What the app found in its database when it started. */
export interface Found {
  readonly rows: number;
  readonly newest: number;
  readonly integrity: string;
}

/** What a writer has said so far: see writer.sh. */
export class WriterLog {
  found: Found | undefined;
  /** The newest row that it knows to be committed. */
  newest = 0;
  readonly errors: string[] = [];
  readonly #committed = new Map<number, number>();

  /** Takes note of a line, at the time it comes. */
  read(line: string): void {
    const [word, first, second, ...rest] = line.split(' ');
    if (word === 'C') this.#committed.set((this.newest = Number(first)), Date.now());
    else if (word === 'START') {
      this.newest = Number(second);
      this.found = { rows: Number(first), newest: this.newest, integrity: rest.join(' ') };
    } else if (word !== 'TERM' && word !== 'EXIT') this.errors.push(line);
  }

  /** When it learned that a row was committed; nothing for a row of an earlier pod. */
  committedAt(row: number): number | undefined {
    return this.#committed.get(row);
  }
}
