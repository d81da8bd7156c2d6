#!/bin/sh
# Runs a command in another root, with its own view of processes: enter.sh ROOT USER PROJECT NODE COMMAND...
# pivot_root, not chroot: in a chroot the kernel refuses ordinary users the namespaces of Chromium's sandbox.
set -e
root=$1 user=$2 project=$3 node=$4
shift 4
mount --make-rprivate /
mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount --rbind /sys "$root/sys"
mkdir -p "$root/mnt/project" "$root/mnt/old" "$root/tmp/.X11-unix"
mount --rbind "$project" "$root/mnt/project"
touch "$root/mnt/node"
mount --bind "$node" "$root/mnt/node"
[ ! -d /tmp/.X11-unix ] || mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"
cd "$root"
pivot_root . mnt/old
cd /
umount -l /mnt/old
home=$(getent passwd "$user" | cut -d: -f6)
cd "$home"
exec setpriv --reuid "$user" --regid "$user" --init-groups env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
  HOME="$home" LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
