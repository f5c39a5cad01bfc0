#!/bin/sh
# An app that commits rows as fast as it can, and keeps doing so for DRAIN_SECONDS after it was told to stop. It needs
# no more than sh and sqlite3, which Litestream's image has. Every line it writes is about something that is committed:
#   START <rows> <newest id> <integrity>     what it found
#   C <id>                                   a row that it committed
#   TERM, EXIT                               it was told to stop; it has stopped
#   E <text>                                 something that failed
# SIGUSR1 makes it take more and more memory.
set -u
pipes=$(mktemp -d)
mkfifo "$pipes/in" "$pipes/out"
sqlite3 -batch "$DATABASE_FILE" <"$pipes/in" >"$pipes/out" 2>&1 &
sqlite=$!
exec 3>"$pipes/in" 4<"$pipes/out"
rm -r "$pipes"

term=0
leak=0
trap 'term=1' TERM
trap 'leak=1' USR1

ask() { # statements with an answer of one line; it is empty when they failed
  printf '%s\n.print .\n' "$1" >&3
  answer=
  while :; do
    # A signal may interrupt the reading.
    until read -r line <&4; do kill -0 "$sqlite" 2>/dev/null || { echo "E sqlite3 ended"; exit 3; }; done
    case $line in
      .) return ;;
      *rror*) echo "E $line" ;;
      *) answer=${answer:-$line} ;;
    esac
  done
}

printf '.timeout 5000\n' >&3
ask 'PRAGMA journal_mode = WAL;'
printf 'PRAGMA synchronous = NORMAL;\nCREATE TABLE IF NOT EXISTS rows (id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER, pad TEXT);\n' >&3
for table in ${TABLES:-}; do
  printf 'CREATE TABLE IF NOT EXISTS "%s" (id INTEGER PRIMARY KEY);\nINSERT OR IGNORE INTO "%s" VALUES (1);\n' "$table" "$table" >&3
done
ask "SELECT (SELECT count(*) FROM rows) || ' ' || (SELECT coalesce(max(id), 0) FROM rows) || ' ' || (SELECT group_concat(integrity_check) FROM pragma_integrity_check);"
[ -n "$answer" ] || exit 3
echo "START $answer"

newest=${answer#* }
newest=${newest%% *}
deadline=
while :; do
  ask "INSERT INTO rows (at, pad) VALUES (CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER), hex(randomblob(60))); SELECT last_insert_rowid() || ' ' || strftime('%s', 'now');"
  [ -n "$answer" ] || answer="0 $(date +%s)"
  id=${answer% *}
  # After an INSERT that failed the newest row is an older one.
  if [ "$id" -gt "$newest" ]; then newest=$id && echo "C $id"; fi
  if [ $term -eq 1 ]; then
    now=${answer#* }
    if [ -z "$deadline" ]; then
      echo TERM
      deadline=$((now + ${DRAIN_SECONDS:-0}))
    fi
    if [ "$now" -ge "$deadline" ]; then break; fi
  fi
  if [ $leak -eq 1 ]; then
    ask "PRAGMA temp_store = MEMORY; CREATE TEMP TABLE leak AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT randomblob(1000000) FROM n;"
  fi
  [ -z "${PAUSE_SECONDS:-}" ] || sleep "$PAUSE_SECONDS"
done
exec 3>&-
wait "$sqlite"
echo EXIT
