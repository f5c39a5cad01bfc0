import { resource } from '@home/providers';
import {
  type Block,
  type Value,
  expressionsIn,
  jsonencode,
  refuse,
  remember,
  resolve,
  sha256 as hashInTerraform,
} from '@home/terraform';
import { isUtf8 } from 'node:buffer';
import { hash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { demandMountable } from './check-mounts';
import { type Labels, ownKey } from './labels';
import type { PodPart } from './pods';

export interface ConfigFilesProps {
  readonly namespace: Value<string>;
  readonly labels: Labels;
  /** File name → content; a file that is `undefined` counts as absent. */
  readonly files: Readonly<Record<string, Value<string> | undefined>>;
  /** The folder they are mounted as; or, with `subPath`, the folder that each of them is mounted into. */
  readonly mountedAt: string;
  /** Mounts each file by itself, so that what else lies in the folder stays visible. */
  readonly subPath?: boolean;
  /** The volume's name in the pod; `config`, if left out. */
  readonly volume?: string;
}

/** Configuration that a container reads as files. Changed content restarts its pods: most programs read files only then. */
export interface ConfigFiles extends Required<Omit<PodPart, 'initContainers' | 'spec'>> {
  readonly block: Block;
  /** The ConfigMap's name. */
  readonly name: Value<string>;
}

/**
 * A ConfigMap of files, and what a pod needs to mount it.
 *
 * @param name the ConfigMap's name
 * @throws ProblemsError when the folder would hide one of the system's
 */
export function configFiles(name: string, props: ConfigFilesProps): ConfigFiles {
  const { namespace, labels, mountedAt, subPath = false, volume = 'config' } = props;
  if (!subPath) demandMountable(name, 'mountedAt', mountedAt);
  const files = Object.fromEntries(
    Object.entries(props.files).flatMap(([file, text]) => (text === undefined ? [] : [[file, text]])),
  );
  const block = resource('kubernetes_config_map_v1', name, {
    metadata: { name, namespace, labels },
    data: files,
  });
  const folder = { name: volume, mount_path: mountedAt, read_only: true };
  const single = (file: string) => ({
    name: volume,
    mount_path: join(mountedAt, file),
    sub_path: file,
    read_only: true,
  });
  const { name: configMap } = block.ref.metadata[0];
  return {
    block,
    name: configMap,
    annotations: { [ownKey(volume)]: contentHash(files) },
    volumes: [{ name: volume, config_map: { name: configMap } }],
    mounts: subPath ? Object.keys(files).map(single) : [folder],
  };
}

/** A short fingerprint of files that changes with any name or content; Terraform makes that of what only it knows. */
function contentHash(files: Readonly<Record<string, Value<string>>>): Value<string> {
  const known = resolve(files) as Readonly<Record<string, string>>;
  if (expressionsIn(known).length > 0) return hashInTerraform(jsonencode(files));
  const hashes = Object.entries(known).map(([name, text]) => [name, textHash(text)]);
  return sha256(JSON.stringify(hashes)).slice(0, 16);
}

const sha256 = (text: string): string => hash('sha256', text);

/** The same scripts stand in every app. */
const textHash = remember(sha256);

/**
 * Reads files that lie beside a `main.ts`.
 *
 * @param folder the folder of the `main.ts`: `__dirname`
 * @param names the files' names, which are also their keys
 * @throws ProblemsError when one of them is not there, or no text in UTF-8, whose bytes would become others
 */
export function filesBeside(folder: string, ...names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, readText(join(folder, name))]));
}

const workspace = join(__dirname, '../../..');

function readText(file: string): string {
  const where = relative(workspace, file);
  if (!existsSync(file)) refuse(where, 'must exist, since it is mounted', 'Add it, or take its name out');
  const bytes = readFileSync(file);
  if (!isUtf8(bytes)) refuse(where, 'must be a text in UTF-8', 'Save it as UTF-8');
  return bytes.toString();
}
