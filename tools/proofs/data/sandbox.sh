#!/bin/sh
# Runs one program the way a container runs it: with a file system of its own that has the machine's programs, the
# container's mounts and nothing else. Arguments: the root's mount point, user, group, further group (or -), then
# SOURCE=TARGET pairs, then `--` and the program. It replaces itself by the program, so signals reach that.
set -e
root=$1 uid=$2 gid=$3 group=$4
shift 4

mount -t tmpfs -o mode=755 root "$root"
for folder in bin sbin lib lib64 usr/bin usr/sbin usr/lib usr/lib64 usr/share; do
  if [ -L "/$folder" ]; then
    mkdir -p "$root/$(dirname "$folder")"
    cp -P "/$folder" "$root/$folder"
  elif [ -d "/$folder" ]; then
    mkdir -p "$root/$folder"
    mount --bind "/$folder" "$root/$folder"
  fi
done
for folder in dev proc; do
  mkdir "$root/$folder"
  mount --rbind "/$folder" "$root/$folder"
done
mkdir -m 1777 "$root/tmp"
mkdir "$root/etc"
cp /etc/passwd /etc/group "$root/etc/"

while [ "$1" != -- ]; do
  source=${1%%=*} target=$root${1#*=}
  if [ -d "$source" ]; then
    mkdir -p "$target"
  else
    mkdir -p "$(dirname "$target")"
    : >"$target"
  fi
  mount --bind "$source" "$target"
  shift
done
shift

if [ "$group" = - ]; then
  exec chroot --userspec="$uid:$gid" --groups= "$root" "$@"
fi
exec chroot --userspec="$uid:$gid" --groups="$group" "$root" "$@"
