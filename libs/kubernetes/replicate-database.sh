#!/bin/sh
# Runs Litestream beside an app, and makes up for the one moment in which it keeps nothing: told to stop before it has
# opened the database – within its first second, or all the time that the NAS was away since it started – it ends
# successfully and sends nothing. Arguments: the command that replicates.
set -u

sent=$(dirname "${DATABASE_FILE:?}")/.$(basename "$DATABASE_FILE")-litestream/ltx/0
beginning=$(mktemp)
stopping=no
litestream=
trap 'stopping=yes; [ -z "$litestream" ] || kill -TERM "$litestream"' TERM

"$@" &
litestream=$!
[ "$stopping" = no ] || kill -TERM "$litestream"
wait "$litestream"
code=$?
[ "$stopping" = yes ] || exit "$code"
# The signal ended the waiting, and not yet Litestream.
wait "$litestream"
code=$?

# Once it has opened the database there is a file of what it read, and then it sends what is left by itself.
if [ ! -s "$DATABASE_FILE" ] || [ -n "$(find "$sent" -newer "$beginning" 2>/dev/null)" ]; then
  exit "$code"
fi
printf '{"time":"%s","level":"INFO","msg":"Litestream was stopped before it had opened the database; what was written is sent now"}\n' \
  "$(date -u +%Y-%m-%dT%H:%M:%SZ)"
# Until it works or Kubernetes ends it: the grace period is the limit.
until "$@" -once; do
  sleep 1
done
