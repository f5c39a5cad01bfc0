#!/bin/sh
# Runs Litestream beside an app, and looks after it when both have been told to stop. Arguments: the command that
# replicates. PING_SUCCESS and PING_FAILURE are the addresses that hear how it goes, each as long as it goes so; in them
# {check} stands for PING_CHECK, and {message} for the little there is to say. What Litestream does not do by itself, and
# what was lost without this: maintenance/README.md.
set -u

file=${DATABASE_FILE:?}
sent=$(dirname "$file")/.$(basename "$file")-litestream/ltx/0
look=${LOOK_SECONDS:-60}
# Of this run of Litestream: its beginning, its pid, what it reports (nothing, or that it is stale), and whether it is to
# start again.
state=$(mktemp -d) || exit 1
: >"$state/report"
stopping=no
litestream=
watcher=
trap 'stopping=yes; for pid in $watcher $litestream; do kill -TERM "$pid" 2>/dev/null; done' TERM

log() { # level, text
  printf '{"time":"%s","level":"%s","msg":"%s"}\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$1" "$2"
}

# The last transaction that Litestream has read, by the names of its own files: sixteen hexadecimal digits.
read_position() {
  find "$sent" -name '*.ltx' 2>/dev/null | sed -n 's/.*-\([0-9a-f]\{16\}\)\.ltx$/\1/p' | sort | tail -n 1
}

# SQLite's own count of what was committed, whoever did it; a transaction that is rolled back writes into the log too,
# and changes nothing here. https://www.sqlite.org/walformat.html#the_wal_index_header
commits() {
  od -An -tx4 -j8 -N4 "$file-shm" 2>/dev/null
}

# Litestream starts again; one that is frozen is killed.
start_again() { # what it reports from then on
  printf '%s' "$1" >"$state/report"
  : >"$state/again"
  pid=$(cat "$state/pid")
  kill -TERM "$pid" 2>/dev/null
  sleep "$look" >/dev/null 2>&1
  [ "$(cat "$state/pid")" != "$pid" ] || kill -KILL "$pid" 2>/dev/null
  committed=
}

# Litestream takes its own word for what it has read and sent. This looks at what there is: at SQLite's count of
# commits, and at how far a restore would get. When something committed is not read for an hour, or something read is
# not in the store, Litestream starts again with a whole copy, and its heartbeat reports a failure until that has helped.
# It counts looks, because clocks jump.
watch() {
  position='' committed='' unread=no wanted='' reached='' behind=0
  while sleep "$look" >/dev/null 2>&1; do
    [ ! -e "$state/again" ] || continue
    # Positions come first: what is read after that is seen the next time, and never taken for unread.
    was_read=$position position=$(read_position)
    was_committed=$committed committed=$(commits)
    if [ "$position" != "$was_read" ]; then
      unread=no
    elif [ -n "$was_committed" ] && [ "$committed" != "$was_committed" ]; then
      unread=yes
    fi
    if [ "$unread" = no ] && [ "$reached" \< "$position" ]; then
      plan=$(timeout 60 litestream restore -dry-run -json -o "$file.restored" "$file" 2>&1)
      case $plan in
        *'"max_txid"'*) reached=$(printf '%s\n' "$plan" | sed -n 's/.*"max_txid": "\([0-9a-f]*\)".*/\1/p' | sort | tail -n 1) ;;
        *non-contiguous* | *'no matching backup'*) reached='' ;;
        *) continue ;; # A store that does not answer: Litestream cannot send either, and is silent.
      esac
    fi
    if [ "$unread" = no ] && ! [ "$reached" \< "$wanted" ]; then
      behind=0 wanted=$position
      [ -s "$state/report" ] || continue
      log WARN 'the replica follows the database again'
      start_again ''
    else
      behind=$((behind + 1))
      [ $((behind % ${BEHIND_LOOKS:-60})) -eq 0 ] || continue
      log ERROR "the replica is stale: a restore gets to transaction ${reached:-0} of $wanted, unread commits: $unread; the whole database is sent anew"
      start_again stale
    fi
  done
}

# Without Litestream nobody keeps SQLite from beginning its log anew, over what Litestream has not read. It goes on where
# an old page still lies at its place, and that part is missing from the replica without an error. With an empty log it
# makes a whole copy.
empty_log() {
  until [ "$(sqlite3 -batch -bail -cmd '.timeout 10000' "$file" 'PRAGMA wal_checkpoint(TRUNCATE)' 2>/dev/null | cut -c 1)" = 0 ]; do
    sleep 1
  done
}

# Whether a restore gives what is here, byte by byte. Files of the replica may be gone; and a slow store may keep what a
# killed Litestream had begun to send only after what the next one has sent by the same name, which no listing shows and
# no restore gets past. (Litestream's next compaction mends that, within half a minute, from what it has here.)
is_replicated() {
  empty_log
  rm -f "$file.restored"*
  timeout -s KILL 10 litestream restore -o "$file.restored" "$file" >/dev/null 2>&1 &&
    cmp -s "$file" "$file.restored"
  answer=$?
  rm -f "$file.restored"*
  [ "$answer" -eq 137 ] || return "$answer"
  # It is too large for the time that is left.
  litestream restore -dry-run -o "$file.restored" "$file" >/dev/null 2>&1
}

start() { # Litestream's command
  [ -z "$(read_position)" ] || empty_log
  "$@" &
  litestream=$!
  echo "$litestream" >"$state/pid"
  [ "$stopping" = no ] || kill -TERM "$litestream"
  wait "$litestream"
  code=$?
}

# The address that Litestream calls as long as it sends; what is empty it does not call.
address() { # what is reported
  if [ -z "$1" ]; then template=${PING_SUCCESS:-}; else template=${PING_FAILURE:-}; fi
  printf '%s' "$template" | sed "s|{check}|${PING_CHECK:-}|g; s|{message}|${1:-replicated}|g"
}

watch &
watcher=$!
while :; do
  report=$(cat "$state/report")
  [ -z "$report" ] || start "$@" -once -force-snapshot
  touch "$state/beginning"
  LITESTREAM_HEARTBEAT_URL=$(address "$report")
  export LITESTREAM_HEARTBEAT_URL
  rm -f "$state/again"
  start "$@"
  [ "$stopping" = no ] && [ -e "$state/again" ] || break
done
kill -TERM "$watcher" 2>/dev/null
[ "$stopping" = yes ] || exit "$code"
# The signal ended the waiting, and not yet Litestream.
wait "$litestream"
code=$?

# The app never made its database.
[ -s "$file" ] || exit "$code"

# Told to stop before it has read the database (within its first second, or with the NAS away ever since it started),
# Litestream ends successfully and sends nothing. Two files of what it read show that it had: the first may be the
# replica's own, which it fetches to go on from there. With an error it has given up its last upload, and the time that the
# app did not need is left to try again; told to end twice, since it was to start again, it gives up too.
if [ "$code" -ne 0 ] || [ "$(find "$sent" -name '*.ltx' -newer "$state/beginning" 2>/dev/null | wc -l)" -lt 2 ]; then
  log INFO 'Litestream has ended, and may not have sent all that was written; that is sent now'
  # Kubernetes ends this when the grace period is over.
  until "$@" -once; do
    sleep 1
  done
  code=0
fi

# It sends what is new and does not look what has become of the rest. This volume ends with the pod.
if [ "$code" -eq 0 ] && ! is_replicated; then
  log WARN 'a restore would not give what is here, somebody took files out of the replica or overwrote some; the whole database is sent anew'
  "$@" -once -force-snapshot
  code=$?
fi
exit "$code"
