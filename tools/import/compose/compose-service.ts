import type { Problem } from '@home/terraform';
import type { Fields } from '../kubernetes/fields';
import type { Interpolated } from './interpolate';
import type { Path } from '../source/read-yaml';

/** The variables that a text named, and those of them that have neither value nor default. */
export type Taken = Pick<Interpolated, 'names' | 'unset'>;

/** A service of a compose file, with variables put in. */
export interface ComposeService {
  readonly file: string;
  /** As the file calls it, and others in the same file. */
  readonly name: string;
  readonly fields: Fields;
  /** What a text of the service took from the shell or `.env`. */
  takenIn(path: Path): Taken;
  /** `file:line` of a field. */
  where(path: Path): string;
  /** Takes note of what does not come along as it was. */
  lose(path: Path, what: string, remedy: string): void;
}

/** A compose file as it was read. */
export interface ComposeFile {
  readonly services: readonly ComposeService[];
  /** Grows while services are converted. */
  readonly left: Problem[];
  readonly problems: readonly Problem[];
}
