#!/bin/sh
# Runs where the services ran, in the folder of their compose file and with them stopped, once they are applied here.
set -eu
run=$(date +%s)

# Runs in a pod of its own, and gets this run and the leading folders to leave out. What the app began with is set aside: the
# log of an empty database would be written into the full one. What was set aside in another run says that this one is too many.
fill=$(tr '\n' ' ' <<'EOF'
set -e; cd /to;
for aside in .before-copy-*; do
  case $aside in
    .before-copy-$0 | '.before-copy-*') ;;
    *) echo The claim was filled before, and $aside lies in it. Move that away to fill it again. >&2; exit 1 ;;
  esac;
done;
rm -rf .copied; mkdir .copied;
tar -xf - -C .copied --strip-components=$1 || { rm -rf .copied; exit 1; };
if [ ! -e .before-copy-$0 ]; then
  mkdir .before-copy-$0;
  find . -mindepth 1 -maxdepth 1 ! -name .copied ! -name .before-copy-$0 -exec mv {} .before-copy-$0/ ';' ;
fi;
find .copied -mindepth 1 -maxdepth 1 -exec mv {} . ';' ;
rmdir .copied
EOF
)

# Fills the claim of a workload while nothing writes there.
to_disk() { # workload, namespace, service and its path, claim, leading folders to leave out
  kubectl -n "$2" scale "statefulset/$1" --replicas=0
  kubectl -n "$2" wait pod --selector="app=$1" --for=delete --timeout=5m
  failed=0
  docker compose cp "$3" - |
    kubectl -n "$2" run "copy-$1" -i --rm --restart=Never --image=busybox:1.37.0 --overrides='{
      "spec": {
        "containers": [{
          "name": "copy",
          "image": "busybox:1.37.0",
          "stdin": true,
          "stdinOnce": true,
          "command": ["sh", "-c", "'"$fill"'", "'"$run"'", "'"$5"'"],
          "volumeMounts": [{ "name": "to", "mountPath": "/to" }]
        }],
        "volumes": [{ "name": "to", "persistentVolumeClaim": { "claimName": "'"$4"'" } }]
      }
    }' || failed=$?
  kubectl -n "$2" scale "statefulset/$1" --replicas=1
  return $failed
}
