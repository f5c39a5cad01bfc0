#!/bin/sh
# Runs one program the way a container runs it: with a file system of its own that has the machine's programs, the
# container's mounts and nothing else. Arguments: the root's mount point, ro or rw for the root, the cgroup that limits its
# memory (or -), user, group, further group (or -), then SOURCE=TARGET pairs, then `--` and the program. It replaces itself
# by the program, so signals reach that.
set -e
root=$1 access=$2 limit=$3 uid=$4 gid=$5 group=$6
shift 6

[ "$limit" = - ] || echo $$ >"$limit/cgroup.procs"

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
# What images have that anybody may write.
mkdir "$root/var"
mkdir -m 1777 "$root/tmp" "$root/var/tmp"
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
mount -o "remount,bind,$access" "$root"

if [ "$group" = - ]; then
  exec chroot --userspec="$uid:$gid" --groups= "$root" "$@"
fi
exec chroot --userspec="$uid:$gid" --groups="$group" "$root" "$@"
