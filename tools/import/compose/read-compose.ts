import { type Problem, isPlainObject } from '@home/terraform';
import type { Left, Loss } from '../imported';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { workloadName } from '../code/names';
import { type Fields, fieldsOf, mapTexts } from '../kubernetes/fields';
import type { Source } from '../source/read-source';
import { type Path, type YamlDocument, readYaml } from '../source/read-yaml';
import { type Interpolated, interpolate, readEnvFile } from './interpolate';

/** Members of the file itself that say nothing about a service. */
const silent = new Set(['version', 'name', 'volumes', 'secrets', 'configs']);

/** Members of a service that hold a list or a map, where they are there. */
const shapes: Readonly<Record<string, (value: unknown) => boolean>> = {
  ports: Array.isArray,
  volumes: Array.isArray,
  expose: Array.isArray,
  environment: (value) => Array.isArray(value) || isPlainObject(value),
  healthcheck: isPlainObject,
  image: (value) => typeof value === 'string',
};

/** Reads a compose file with the variables of the `.env` beside it. */
export function readCompose(source: Source): ComposeFile {
  const { documents, problems } = readYaml(source, '1.2');
  const [document] = documents;
  const refused = (given: readonly Problem[]): ComposeFile => ({ services: [], left: [], problems: given });
  if (problems.length > 0 || document === undefined) return refused(problems);
  const where = (path: Path): string => `${source.file}:${document.lineOf(path)}`;
  const { services, ...others } = fieldsOf(document.value);
  if (!isPlainObject(services)) {
    const what = 'must have services, each under its name';
    return refused([{ where: where(['services']), what, remedy: 'Write services: { … }' }]);
  }
  const wrong = Object.entries(services).flatMap(([name, service]) => shapeProblems(name, service, where));
  if (wrong.length > 0) return refused(wrong);
  const told = Object.keys(others).filter(
    (name) => !silent.has(name) && !name.startsWith('x-') && !isHollow(others[name]),
  );
  const left = told.map((name): Left => {
    const remedy = 'Services are imported without it';
    const weight = name === 'networks' ? { weight: 'usual' as const } : {};
    return { where: where([name]), what: `${name}: has no place in the home`, remedy, ...weight };
  });
  const values = environmentBeside(source.file);
  const top = fieldsOf(mapTexts(others, (text) => interpolate(text, values).text));
  return {
    services: Object.entries(services).map(([name, service]) =>
      readService(name, service, document, { values, left, top }),
    ),
    left,
    problems: [],
  };
}

function readService(
  name: string,
  service: unknown,
  { file, lineOf }: YamlDocument,
  { values, left, top }: { values: ReadonlyMap<string, string>; left: Left[]; top: Fields },
): ComposeService {
  const where = (path: Path): string => `${file}:${lineOf(['services', name, ...path])}`;
  const lose: ComposeService['lose'] = (path, what, remedy, weight, part) => {
    // A part says by itself what it is of.
    const members = part === undefined ? path.filter((step) => typeof step === 'string') : [];
    left.push({
      where: where(path),
      of: name,
      ...(part !== undefined && { part }),
      what: [...members, what].join(': '),
      remedy,
      ...(weight && { weight }),
    });
  };
  const taken = new Map<string, Taken>();
  const fields = mapTexts(service, (text, path) => {
    const made = interpolate(text, values);
    taken.set(path.join('\0'), made);
    // Of the environment only those count that are not secret.
    if (path[0] !== 'environment') tellUnset(made, path, lose);
    return made.text;
  });
  return {
    file,
    name,
    here: workloadName(name),
    fields: fieldsOf(fields),
    top,
    variables: values,
    takenIn: (path) => taken.get(path.join('\0')) ?? { names: [], values: [], unset: [] },
    where,
    lose,
  };
}

/** Tells of variables that have no value. */
export function tellUnset({ unset }: Taken, path: Path, lose: ComposeService['lose']): void {
  for (const name of new Set(unset)) {
    const what = 'the variable is not set, so it is empty, as in compose';
    const member = path.filter((step) => typeof step === 'string').join('.');
    lose(path, what, 'Set it in .env, or write the value', undefined, `$${name} in ${member}`);
  }
}

function shapeProblems(name: string, service: unknown, where: (path: Path) => string): Problem[] {
  const inside = (path: Path): string => where(['services', name, ...path]);
  if (!isPlainObject(service)) {
    return [
      { where: inside([]), what: `${name} must be a service with an image`, remedy: 'Write its image' },
    ];
  }
  return Object.entries(shapes).flatMap(([member, fits]) => {
    const value = service[member];
    if (value === undefined || value === null || fits(value)) return [];
    const what = `${name}: ${member} must be valid in compose, but is ${JSON.stringify(value).slice(0, 40)}`;
    return [{ where: inside([member]), what, remedy: 'See what docker compose config says' }];
  });
}

/** `volumes: { data: }` declares names and says nothing else. */
const isHollow = (value: unknown): boolean =>
  value === null ||
  (isPlainObject(value) && Object.values(value).every((one) => one === null || isHollow(one)));

function environmentBeside(file: string): ReadonlyMap<string, string> {
  const beside = join(dirname(file), '.env');
  if (!existsSync(beside)) return new Map();
  return new Map([...readEnvFile(readFileSync(beside, 'utf8'))].map(([name, { text }]) => [name, text]));
}

/** The variables that a text named, and those of them that have neither value nor default. */
export type Taken = Pick<Interpolated, 'names' | 'values' | 'unset'>;

/** A service of a compose file, with variables put in. */
export interface ComposeService {
  readonly file: string;
  /** As the file calls it, and others in the same file. */
  readonly name: string;
  /** As the home is to call it. */
  readonly here: string;
  readonly fields: Fields;
  /** What the file says beside its services: volumes, secrets. */
  readonly top: Fields;
  /** What `.env` says. */
  readonly variables: ReadonlyMap<string, string>;
  /** What a text of the service took from the shell or `.env`. */
  takenIn(path: Path): Taken;
  /** `file:line` of a field. */
  where(path: Path): string;
  /** Takes note of what does not come along as it was. */
  lose(path: Path, ...loss: Loss): void;
}

/** A compose file as it was read. */
export interface ComposeFile {
  readonly services: readonly ComposeService[];
  /** Grows while services are converted. */
  readonly left: Left[];
  readonly problems: readonly Problem[];
}
