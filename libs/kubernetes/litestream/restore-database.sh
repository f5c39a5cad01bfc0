#!/bin/sh
# Runs before an app and its replication start, in Litestream's own image, and leaves either the app's database behind
# or nothing at all where that is allowed; in every other case it stops the pod and says why. Kubernetes tries again.
#
# A volume survives a reboot of its node, so there may be a database already, and after a power cut it may be torn.
# Lines are JSON with a level, because the home's log pipeline reports warnings and errors of this container.
set -u
# A user without a home makes sqlite3 say so amid its answers, and then "ok" is not all it says.
export HOME="${HOME:-/tmp}"

file=${DATABASE_FILE:?}
local_state=$(dirname "$file")/.$(basename "$file")-litestream
fresh=$file.restored
request="${RESTORE_FROM:-} ${RESTORE_TIMESTAMP:-}"

log() { # level, text
  printf '{"time":"%s","level":"%s","msg":"%s"}\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$1" \
    "$(printf '%s' "$2" | tr '\n\t"\\' "    ")"
}

stop() { # text
  log ERROR "$1"
  exit 1
}

# Says "intact", "empty", or what is wrong. sqlite3 exits 0 when integrity_check finds errors, so its words count.
# A failure that is not the file's own (a full disk, a lock) stops the pod: it is no reason to set a database aside.
examine() { # file
  verdict=$(sqlite3 -batch -bail -cmd '.timeout 10000' "$1" 'PRAGMA integrity_check' 2>&1)
  code=$?
  if [ $code -eq 0 ] && [ "$verdict" = ok ]; then
    tables=$(sqlite3 -batch "$1" "SELECT count(*) FROM sqlite_master WHERE name NOT LIKE '\_litestream%' ESCAPE '\'")
    if [ "${tables:-0}" -gt 0 ]; then echo intact; else echo empty; fi
    return 0
  fi
  case "$code:$verdict" in
    0:* | *malformed* | *"not a database"*) echo "damaged: $(printf '%s' "$verdict" | head -n 3 | cut -c 1-300)" ;;
    *) return 1 ;;
  esac
}

set_aside() {
  kept=$file.set-aside-$(date -u +%Y%m%dT%H%M%SZ)
  mkdir -p "$kept" || stop "cannot set $file aside"
  for part in "$file" "$file-wal" "$file-shm" "$file-journal"; do
    [ ! -e "$part" ] || mv "$part" "$kept/" || stop "cannot set $part aside"
  done
}

# Every file of the replica with its size and time: two of these differ when somebody writes in between.
replica_files() {
  litestream ltx -level all -json "$file" 2>&1
}

# Fetches the replica's newest state, or that of the restore point, and says with which result in $found.
fetch() { # arguments of litestream restore
  rm -rf "$fresh" "$fresh"-wal "$fresh"-shm "$fresh"-journal "$fresh".tmp*
  if ! LOG_LEVEL=DEBUG litestream restore -if-replica-exists -integrity-check full -o "$fresh" "$@" "$file" >"$fresh.log" 2>&1; then
    stop "the restore from $REPLICA failed: $(tail -n 1 "$fresh.log" | cut -c 1-500)"
  fi
  if grep -q 'more recent backup' "$fresh.log"; then
    stop "a Litestream 0.3 wrote into $REPLICA after this app moved to 0.5; find that old pod, end it, and see maintenance/README.md"
  fi
  rm -f "$fresh.log"
  if [ -s "$fresh" ]; then found=yes; else found=no; fi
}

restore_point_was_reached() {
  [ "$found" = yes ] &&
    [ "$(sqlite3 -batch "$fresh" "SELECT count(*) FROM _restore_point WHERE request = '$request'" 2>/dev/null)" = 1 ]
}

fetch_restore_point() {
  set --
  [ -z "${RESTORE_TIMESTAMP:-}" ] || set -- "$@" -timestamp "$RESTORE_TIMESTAMP"
  [ -z "${RESTORE_FROM:-}" ] || set -- "$@" -config /etc/litestream-restore.yml
  fetch "$@"
  [ "$found" = yes ] || stop "there is nothing to restore at the restore point ($request)"
  sqlite3 -batch -bail "$fresh" \
    'CREATE TABLE IF NOT EXISTS _restore_point (request TEXT PRIMARY KEY, reached TEXT)' \
    "INSERT INTO _restore_point VALUES ('$request', datetime('now'))" || stop "cannot note the restore point"
  log WARN "restored the restore point ($request): take the prop out again"
}

require_tables() {
  for table in ${EXPECTED_TABLES:-}; do
    known=$(sqlite3 -batch "$fresh" "SELECT count(*) FROM sqlite_master WHERE name = '$table'") || stop "cannot read what was restored"
    [ "$known" = 1 ] ||
      stop "the replica at $REPLICA has no table $table, so it is another app's or another version's; its tables: $(sqlite3 -batch "$fresh" '.tables' | tr -s ' \n' ' ' | cut -c 1-300)"
  done
}

if [ -e "$file" ]; then
  state=$(examine "$file") || stop "cannot check $file: $(sqlite3 -batch "$file" 'PRAGMA integrity_check' 2>&1 | head -n 1)"
  if [ "$state" = intact ]; then
    # Litestream's own notes may be torn as well. Without them, and with an empty log, it compares with the replica and
    # goes on with a whole copy, instead of trusting that what it sent last still fits.
    sqlite3 -batch -bail "$file" 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null || stop "cannot write back the log of $file"
    rm -rf "$local_state"
    log INFO "$file survived intact and is used as it is"
    exit 0
  fi
  log WARN "$file is not used: $state; it is set aside and the replica restored"
  set_aside
elif [ -e "$file-wal" ] || [ -e "$file-journal" ]; then
  # SQLite would write what is in the log into the restored database, which is another one.
  log WARN "$file is gone and its log is not; the log is set aside and the replica restored"
  set_aside
fi
rm -rf "$local_state"

# In hundredths of a second since the machine started, since its clock may be set in between.
now() {
  read -r up _ </proc/uptime && echo "${up%.*}${up#*.}"
}

before=$(replica_files) || stop "cannot list the replica at $REPLICA: $(printf '%s' "$before" | tail -n 1)"
looked=$(now)
fetch
if [ "$request" != ' ' ] && ! restore_point_was_reached; then
  fetch_restore_point
fi

if [ "$found" = no ]; then
  [ "$REPLICA_FIRST" = new ] ||
    stop "there is no replica at $REPLICA, and the pod must not start with an empty database. A wrong path? An emptied bucket? See maintenance/README.md. An app without data yet says first: 'new'."
  log INFO "there is no replica at $REPLICA yet; the app starts with an empty database"
  exit 0
fi
require_tables

# Another writer shows within three seconds, of which a large restore leaves nothing to wait for.
remaining=$((looked + 300 - $(now)))
[ "$remaining" -le 0 ] || sleep "$((remaining / 100)).$(printf '%02d' "$((remaining % 100))")"
after=$(replica_files) || stop "cannot list the replica at $REPLICA: $(printf '%s' "$after" | tail -n 1)"
[ "$before" = "$after" ] || stop "somebody else is writing into $REPLICA: two writers would destroy it"

mv "$fresh" "$file" && sync || stop "cannot move the restored database to $file"
log INFO "restored $file from $REPLICA"
