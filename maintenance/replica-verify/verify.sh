#!/bin/sh
# Restores an app's replica into a scratch folder, looks into what came out, and tells who is to hear of it.
# It ends with 1 whenever anything failed, its own reporting included.
#
#   APP_DB_PATH            the database's file in the app's pod, by which litestream.yml knows its replica
#   PING_START, PING_SUCCESS, PING_FAILURE
#                          the addresses that hear of the beginning and of either end; what is left out is not told. In
#                          them {check} stands for PING_CHECK, and {message} for what was found, encoded
#   EXPECTED_TABLES        tables that must be there: they tell this app's database from another's
#   TABLES_WITH_ROWS       those of them that must not be empty
#   FOREIGN_KEYS           "ignore" for an app that leaves rows behind whose parents it deleted
#   WRITTEN_WITHIN_DAYS    for an app that is never quiet that long
set -u
# A user without a home makes sqlite3 say so amid its answers, and then "ok" is not all it says.
export HOME="${HOME:-/tmp}"

scratch=${SCRATCH:-/scratch}
database=$scratch/verified.db
report=$scratch/report
config=${LITESTREAM_CONFIG:-/etc/litestream.yml}
failures=0

say() {
  printf '%s\n' "$1" | tee -a "$report"
}

fail() {
  failures=$((failures + 1))
  say "FAILED: $1"
}

query() {
  sqlite3 -batch -bail "$database" "$1" 2>&1
}

# A text as it may stand in the query of an address.
encoded() {
  printf '%s' "$1" | jq -Rrs '.[:500] | @uri'
}

tell() { # address, message; the log is read from standard input
  [ -n "$1" ] || return 0
  address=$(printf '%s' "$1" | sed "s|{check}|${PING_CHECK:-}|g; s|{message}|$(encoded "$2")|g")
  # A plain text, since Gotify would read what curl calls a form as one.
  curl --silent --show-error --fail --max-time 20 --retry 6 --retry-all-errors --retry-delay "${RETRY_SECONDS:-5}" \
    --output /dev/null --header 'Content-Type: text/plain' --data-binary @- "$address"
}

restore() {
  if ! LOG_LEVEL=DEBUG litestream restore -config "$config" -o "$database" "$APP_DB_PATH" >"$scratch/restore.log" 2>&1; then
    fail "the replica cannot be restored: $(tail -n 1 "$scratch/restore.log" | cut -c 1-1000)"
    return 1
  fi
  if [ ! -s "$database" ]; then
    fail 'the restore gave nothing'
    return 1
  fi
  if grep -q 'more recent backup' "$scratch/restore.log"; then
    fail 'a Litestream 0.3 wrote into this replica after the app had moved to 0.5: an old pod is still running'
  fi
}

# sqlite3 exits 0 when these find something, so what they say counts.
check_integrity() {
  found=$(query 'PRAGMA integrity_check')
  [ "$found" = ok ] || fail "integrity_check: $(printf '%s' "$found" | head -n 10)"
  [ "${FOREIGN_KEYS:-check}" = ignore ] && return
  found=$(query 'PRAGMA foreign_key_check')
  [ -z "$found" ] || fail "foreign_key_check: $(printf '%s' "$found" | head -n 10)"
}

check_tables() {
  for table in ${EXPECTED_TABLES:-} ${TABLES_WITH_ROWS:-}; do
    [ "$(query "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = '$table'")" = 1 ] ||
      fail "there is no table $table; is this another app's replica? It has: $(query '.tables' | tr -s ' \n' ' ')"
  done
  for table in ${TABLES_WITH_ROWS:-}; do
    rows=$(query "SELECT count(*) FROM \"$table\"")
    case $rows in
      0) fail "table $table has no rows" ;;
      *[!0-9]*) ;; # It is not there, which was said.
    esac
  done
}

# A level's files follow one another; two writers leave ranges that overlap.
check_order() {
  if ! litestream ltx -config "$config" -level all -json "$APP_DB_PATH" >"$scratch/files.json" 2>"$scratch/files.log"; then
    fail "the replica's files cannot be listed: $(tail -n 1 "$scratch/files.log")"
    return
  fi
  overlaps=$(jq -r '
    map(select(.level != 9)) | group_by(.level)[] | sort_by(.min_txid, .max_txid) | . as $files
    | range(1; length) | select($files[.].min_txid <= $files[. - 1].max_txid)
    | "level \($files[.].level): \($files[. - 1].min_txid)-\($files[. - 1].max_txid) and \($files[.].min_txid)-\($files[.].max_txid)"
    ' "$scratch/files.json") || fail 'the list of the replica'\''s files cannot be read'
  [ -z "$overlaps" ] || fail "the replica has two writers, its files overlap: $(printf '%s' "$overlaps" | head -n 3)"
  # The newest write is in several files: the one it came with, and others put together from that later.
  newest=$(jq -r '(map(.max_txid) | max) as $last | map(select(.max_txid == $last).timestamp) | min // "never, since Litestream 0.5"' "$scratch/files.json")
  say "newest write: $newest"
  [ -n "${WRITTEN_WITHIN_DAYS:-}" ] || return
  jq -ne --arg newest "$newest" --argjson days "$WRITTEN_WITHIN_DAYS" '($newest | fromdate? // 0) > now - $days * 86400' >/dev/null ||
    fail "nothing was written within $WRITTEN_WITHIN_DAYS days"
}

rm -rf "$database" "$database"-* "$database".* "$report"
say "verifies the replica of ${APP_DB_PATH:?}"
tell "${PING_START:-}" 'begins' </dev/null || fail 'the start could not be reported'

if restore; then
  check_integrity
  check_tables
  say "size: $(wc -c <"$database") bytes"
  query "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'" >"$scratch/tables"
  while read -r table; do
    say "rows in $table: $(query "SELECT count(*) FROM \"$table\"" | tail -n 1)"
  done <"$scratch/tables"
fi
check_order

if [ $failures -eq 0 ]; then
  say 'the replica is good'
  tell "${PING_SUCCESS:-}" 'the replica is good' <"$report" || fail 'the success could not be reported'
else
  tail -c 90000 "$report" | tell "${PING_FAILURE:-}" "$(grep '^FAILED' "$report")" || fail 'the failure could not be reported'
fi
rm -rf "$database" "$database"-*
[ $failures -eq 0 ]
