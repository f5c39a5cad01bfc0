import type { Container, Pod } from '../engine';

/** Pods as they were before somebody learned better: each lacks one thing that the generated ones have. */

const isSidecar = ({ sidecar }: Container): boolean => sidecar;

const mapContainers = (pod: Pod, change: (container: Container) => Container): Pod => ({
  ...pod,
  initContainers: pod.initContainers.map(change),
});

/** Litestream as a second container, which is told to stop at the same time as the app. */
export function withOrdinaryContainer(pod: Pod): Pod {
  const sidecars = pod.initContainers
    .filter(isSidecar)
    .map((container) => ({ ...container, sidecar: false }));
  return {
    ...pod,
    initContainers: pod.initContainers.filter((container) => !isSidecar(container)),
    containers: [...pod.containers, ...sidecars],
  };
}

/** Litestream alone, without the script around it. */
export function withBareLitestream(pod: Pod): Pod {
  return mapContainers(pod, (container) =>
    isSidecar(container) ? { ...container, command: container.args, args: [] } : container,
  );
}

/** No timeouts of ours: Litestream's own last for half a minute. */
export function withoutTimeouts(pod: Pod): Pod {
  const bare = withBareLitestream(pod);
  return withConfig(bare, (text) => text.replace(/^\s*"?shutdown-(sync-)?timeout"?:.*\n/gm, ''));
}

/** A restore as everybody writes it: nothing is looked at, and nothing to restore is fine. */
export function withBareRestore(pod: Pod): Pod {
  return mapContainers(pod, (container) =>
    isSidecar(container)
      ? container
      : {
          ...container,
          command: ['litestream', 'restore', '-if-db-not-exists', '-if-replica-exists'],
          args: [container.env['DATABASE_FILE'] ?? ''],
        },
  );
}

/** Containers that may write among the files of their images. */
export const withWritableRoots = (pod: Pod): Pod => ({
  ...pod,
  containers: pod.containers.map((container) => ({ ...container, readOnlyRoot: false })),
});

/** The settings of a pod's restore container. */
export function withRestoreSettings(pod: Pod, settings: Readonly<Record<string, string>>): Pod {
  return mapContainers(pod, (container) =>
    isSidecar(container) ? container : { ...container, env: { ...container.env, ...settings } },
  );
}

/** The settings of a pod's Litestream. */
export function withSidecarSettings(pod: Pod, settings: Readonly<Record<string, string>>): Pod {
  return mapContainers(pod, (container) =>
    isSidecar(container) ? { ...container, env: { ...container.env, ...settings } } : container,
  );
}

/** A pod that may start without a replica, as on the first deploy. */
export const asNew = (pod: Pod): Pod => withRestoreSettings(pod, { REPLICA_FIRST: 'new' });

/** A pod with other text in its configuration. */
export const withConfig = (pod: Pod, change: (text: string) => string): Pod =>
  withFiles(pod, ({ 'litestream.yml': config, ...files }) =>
    config === undefined ? files : { ...files, 'litestream.yml': change(config) },
  );

/** A pod with another text in one of its scripts. */
export const withScript = (pod: Pod, name: string, change: (text: string) => string): Pod =>
  withFiles(pod, (files) => {
    const script = files[name];
    return script === undefined ? files : { ...files, [name]: change(script) };
  });

type Files = Readonly<Record<string, string>>;

function withFiles(pod: Pod, change: (files: Files) => Files): Pod {
  const volumes = Object.entries(pod.volumes).map(([name, volume]) => [
    name,
    typeof volume === 'string' ? volume : { files: change(volume.files) },
  ]);
  return { ...pod, volumes: Object.fromEntries(volumes) };
}

/**
 * A pod whose restore looks elsewhere in the bucket, as `restore: { from }` makes it: with a second configuration.
 *
 * @param path the path that the pod's own configuration has, and the one to look at
 */
export function withRestoreFrom(pod: Pod, { path, from }: { path: string; from: string }): Pod {
  const file = 'litestream-restore.yml';
  const mount = { volume: 'litestream-config', path: `/etc/${file}`, subPath: file };
  const mounted = mapContainers(pod, (container) => ({ ...container, mounts: [...container.mounts, mount] }));
  const configured = withFiles(mounted, (files) => {
    const config = files['litestream.yml']?.replace(`"path": "${path}"`, `"path": "${from}"`);
    return { ...files, ...(config && { [file]: config }) };
  });
  return withRestoreSettings(configured, { RESTORE_FROM: from });
}
