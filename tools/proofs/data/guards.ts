/** A line of a script that keeps data, and the scene that fails without it. */
export interface Guard {
  readonly script: 'restore-database.sh' | 'replicate-database.sh' | 'replicate-databases.sh';
  /** What is taken out; it stands there once. */
  readonly line: string;
  /** What stands in its place. */
  readonly instead: string;
  /** The title of the scene. */
  readonly scene: string;
  /** What that says then. */
  readonly says: RegExp;
}

const restore = (line: string, instead: string, scene: string, says: RegExp): Guard => ({
  script: 'restore-database.sh',
  line,
  instead,
  scene,
  says,
});

const replicate = (line: string, instead: string, scene: string, says: RegExp): Guard => ({
  ...restore(line, instead, scene, says),
  script: 'replicate-database.sh',
});

/** Every line of the scripts without which rows would be lost, or lost without a word. */
export const guards: readonly Guard[] = [
  restore(
    'if [ $code -eq 0 ] && [ "$verdict" = ok ]; then',
    'if [ $code -eq 0 ] || :; then',
    'sets a database aside that was torn while everything was off, and restores its replica',
    /damaged|rows lost|did not start/,
  ),
  restore(
    'elif [ -e "$file-wal" ] || [ -e "$file-journal" ]; then',
    'elif false; then',
    'writes nothing of the log of a lost database into the one that it restores',
    /damaged|missing|rows lost|did not start/,
  ),
  restore(
    'for part in "$file" "$file-wal" "$file-shm" "$file-journal"; do',
    'for part in "$file"; do',
    'writes nothing of the log of a torn database into the one that it restores',
    /damaged|missing|rows lost|did not start/,
  ),
  restore(
    '    rm -rf "$local_state"\n    log INFO',
    '    log INFO',
    'goes on from the right place when Litestream’s own notes were torn',
    /rows were never replicated|missing|damaged/,
  ),
  restore(
    'stop "the restore from $REPLICA failed: $(tail -n 1 "$fresh.log" | cut -c 1-500)"',
    ':',
    'does not start empty on a replica that cannot be restored, though it may start as new',
    /the app started/,
  ),
  restore(
    'if grep -q \'more recent backup\' "$fresh.log"; then',
    'if false; then',
    'takes over a replica that Litestream 0.3 wrote',
    /the app started/,
  ),
  restore(
    'before=$(replica_files) || stop',
    'before=$(replica_files) || :',
    'does not mistake trouble with the store for a first start',
    /says only/,
  ),
  restore(
    '  [ "$REPLICA_FIRST" = new ] ||',
    '  : ||',
    'does not start empty when the bucket was emptied',
    /the app started/,
  ),
  restore(
    '\nrequire_tables\n',
    '\n',
    'does not start with another app’s replica, and verify says so',
    /the app started/,
  ),
  restore(
    '[ "$before" = "$after" ] || stop',
    ': || stop',
    'does not start a second writer beside one that writes',
    /the app started/,
  ),
  restore(
    'looked + 300 - $(now)',
    '0',
    'does not start a second writer beside one that writes every two seconds',
    /the app started/,
  ),
  restore(
    `if [ "$request" != ' ' ] && ! restore_point_was_reached; then`,
    `if [ "$request" != ' ' ]; then`,
    'restores the state of a time, once',
    /rows lost/,
  ),
  restore(
    '[ -z "${RESTORE_TIMESTAMP:-}" ] || set --',
    ': || set --',
    'restores the state of a time, once',
    /was found/,
  ),
  restore(
    '[ -z "${RESTORE_FROM:-}" ] || set --',
    ': || set --',
    'restores from another path of the bucket, once',
    /instead of/,
  ),
  restore(
    '[ "$found" = yes ] || stop "there is nothing to restore',
    '[ "$found" = yes ] || : "there is nothing to restore',
    'does not start at a restore point where there is nothing',
    /says only|the app started/,
  ),
  replicate(
    'trap \'stopping=yes; for pid in $watcher $litestream; do kill -TERM "$pid" 2>/dev/null; done\' TERM',
    "trap 'exit 0' TERM",
    'loses no committed row when pods are restarted',
    /rows lost|missing/,
  ),
  replicate(
    '# The signal ended the waiting, and not yet Litestream.\nwait "$litestream"\ncode=$?',
    'exit 0',
    'loses no committed row when the app keeps writing for 5 s after SIGTERM',
    /rows lost|missing/,
  ),
  replicate(
    'if [ "$code" -ne 0 ] || [ "$(find "$sent"',
    'if false && [ "$(find "$sent"',
    'starts after a reboot without the store, and loses nothing when that comes back while the pod stops',
    /rows lost/,
  ),
  replicate(
    '  until "$@" -once; do\n    sleep 1\n  done\n  code=0',
    '  "$@" -once\n  code=0',
    'starts after a reboot without the store, and loses nothing when that comes back while the pod stops',
    /rows lost/,
  ),
  replicate(
    'if [ "$code" -eq 0 ] && ! is_replicated',
    'if false && ! is_replicated',
    'loses nothing when the bucket is emptied while the app runs, and verify says so',
    /there is no replica|cannot|failed|rows lost/,
  ),
  replicate(
    '! is_replicated; then',
    '! litestream restore -dry-run -o "$file.restored" "$file" >/dev/null 2>&1; then',
    'loses nothing when the store keeps an upload of a killed pod after those of the next one',
    /failed|rows lost|missing|damaged/,
  ),
  replicate(
    ' &&\n    cmp -s "$file" "$file.restored"',
    '',
    'loses nothing there in a database that does not grow either',
    /failed|rows lost|missing|damaged/,
  ),
  replicate(
    '  "$@" -once -force-snapshot\n  code=$?\nfi\nexit',
    'fi\nexit',
    'loses nothing when the bucket is emptied while the app runs, and verify says so',
    /there is no replica|cannot|failed|rows lost/,
  ),
  replicate(
    '[ -z "$(read_position)" ] || empty_log',
    ':',
    'loses nothing when Litestream alone is killed and started again beside the app',
    /missing|rows lost|damaged/,
  ),
  replicate(
    '      unread=yes\n',
    '      unread=no\n',
    'reports a failure when Litestream reads nothing any more',
    /does not report fail/,
  ),
  replicate(
    'if [ "$unread" = no ] && ! [ "$reached" \\< "$wanted" ]; then',
    'if [ "$unread" = no ]; then',
    'reports a failure when the store keeps nothing of what it takes',
    /does not report fail/,
  ),
  replicate(
    '[ "$(cat "$state/pid")" != "$pid" ] || kill -KILL "$pid" 2>/dev/null',
    ':',
    'reports a failure when Litestream reads nothing any more',
    /does not report (fail|success)/,
  ),
  replicate(
    '[ -z "$report" ] || start "$@" -once -force-snapshot',
    ':',
    'reports a failure when the store keeps nothing of what it takes',
    /does not report success|rows lost|missing/,
  ),
  replicate(
    'LITESTREAM_HEARTBEAT_URL=$(address "$report")',
    'LITESTREAM_HEARTBEAT_URL=$(address "")',
    'reports a failure when the store keeps nothing of what it takes',
    /does not report fail/,
  ),
  {
    script: 'replicate-databases.sh',
    line: '  kill -TERM $$\n',
    instead: '',
    scene: 'ends the container of two Litestreams when one of them dies, so that Kubernetes starts both',
    says: /did not end/,
  },
];
