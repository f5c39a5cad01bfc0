#!/bin/sh
# Runs Litestream beside an app, and looks after it when both have been told to stop. Arguments: the command that
# replicates. What Litestream does not do by itself, and what was lost without this: maintenance/README.md.
set -u

file=${DATABASE_FILE:?}
sent=$(dirname "$file")/.$(basename "$file")-litestream/ltx/0
beginning=$(mktemp) || exit 1
stopping=no
litestream=
trap 'stopping=yes; [ -z "$litestream" ] || kill -TERM "$litestream"' TERM

log() { # level, text
  printf '{"time":"%s","level":"%s","msg":"%s"}\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$1" "$2"
}

"$@" &
litestream=$!
[ "$stopping" = no ] || kill -TERM "$litestream"
wait "$litestream"
code=$?
[ "$stopping" = yes ] || exit "$code"
# The signal ended the waiting, and not yet Litestream.
wait "$litestream"
code=$?

# The app never made its database.
[ -s "$file" ] || exit "$code"

# Told to stop before it has read the database (within its first second, or with the NAS away ever since it started),
# Litestream ends successfully and sends nothing. Two files of what it read show that it had: the first may be the
# replica's own, which it fetches to go on from there. With an error it has given up its last upload, and the time that the
# app did not need is left to try again.
if [ "$code" -ne 0 ] || [ "$(find "$sent" -name '*.ltx' -newer "$beginning" 2>/dev/null | wc -l)" -lt 2 ]; then
  log INFO 'Litestream has ended, and may not have sent all that was written; that is sent now'
  # Kubernetes ends this when the grace period is over.
  until "$@" -once; do
    sleep 1
  done
  code=0
fi

# It sends what is new and does not look whether the rest is still there. This volume ends with the pod.
if [ "$code" -eq 0 ] && ! litestream restore -dry-run -o "$file.restored" "$file" >/dev/null 2>&1; then
  log WARN 'the replica cannot be restored, somebody took files out of it; the whole database is sent anew'
  "$@" -once -force-snapshot
  code=$?
fi
exit "$code"
