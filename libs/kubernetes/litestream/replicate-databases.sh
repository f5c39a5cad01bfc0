#!/bin/sh
# Runs replicate-database.sh for each of several databases of one app, all at once. Sidecars of their own would be stopped
# one after the other, and one Litestream closes its databases so: while the store is away, the first would use up the time
# of all. Arguments: the command that replicates, and for each database its settings, NAME=value with spaces in between.
set -u

command=${1:?}
shift
pids= failed=0

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

replicate() { # settings
  own=
  trap '[ -z "$own" ] || kill -TERM "$own"' TERM
  # They are words of their own.
  env $1 sh /etc/replicate-database.sh $command &
  own=$!
  await "$own"
  # One that ends by itself ends all, and Kubernetes starts the container again.
  kill -TERM $$
  exit "$code"
}

for settings; do
  replicate "$settings" &
  pids="$pids $!"
done
for pid in $pids; do
  await "$pid"
  [ "$code" -eq 0 ] || failed=$code
done
exit "$failed"
