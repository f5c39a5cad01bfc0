#!/bin/sh
# Runs replicate-database.sh for each of several databases of one app, all at once. Sidecars of their own would be stopped
# one after the other, and one Litestream closes its databases so: while the store is away, the first would use up the time
# of all. Arguments: the command that replicates, in one; then for each database DATABASE_FILE=… and LITESTREAM_CONFIG=….
# Of what each reports by, the names end in its number: PING_SUCCESS_2 stands for the PING_SUCCESS of the second one.
set -u

command=${1:?}
shift
pids= number=0 failed=0

# Told to stop twice, Litestream would give up its last upload.
stop() {
  trap '' TERM
  for pid in $pids; do kill -TERM "$pid" 2>/dev/null; done
}
trap stop TERM

# Waits for the end of a process: a signal ends the waiting alone.
await() { # pid
  wait "$1"
  code=$?
  while kill -0 "$1" 2>/dev/null; do
    wait "$1"
    code=$?
  done
}

replicate() { # settings, number
  own=
  trap '[ -z "$own" ] || kill -TERM "$own"' TERM
  for name in PING_SUCCESS PING_FAILURE PING_CHECK; do
    eval "value=\${${name}_$3-}"
    [ -z "$value" ] || export "$name=$value"
  done
  # Its words are the arguments.
  env "$1" "$2" sh /etc/replicate-database.sh $command &
  own=$!
  await "$own"
  # One that ends by itself ends all, and Kubernetes starts the container again.
  kill -TERM $$
  exit "$code"
}

while [ $# -ge 2 ]; do
  number=$((number + 1))
  replicate "$1" "$2" "$number" &
  pids="$pids $!"
  shift 2
done
for pid in $pids; do
  await "$pid"
  [ "$code" -eq 0 ] || failed=$code
done
exit "$failed"
