# fresh-machine-boot.sh - the first process of a fresh machine: makes its file systems, and runs the command in it.
# Run by fresh-machine.sh, in namespaces of its own for mounts and processes.
# Arguments: RUN BASE CHECKOUT CGROUP MAVEN_REPOSITORY FIRST USER COMMAND...    an empty USER means root
set -euo pipefail
run=$1 base=$2 checkout=$3 group=$4 repository=$5 first=$6 user=$7
shift 7
machine=$run/machine
home=/root
[[ -z $user ]] || home=/home/$user

# An overlay can't lie on an overlay, as a container's own root is.
[[ $(stat --file-system --format %T "$run") != overlayfs ]] || mount -t tmpfs tmpfs "$run"

overlay() { # LOWER NAME WHERE
  local options="lowerdir=$1,upperdir=$run/$2.upper,workdir=$run/$2.work"
  mkdir -p "$run/$2".{upper,work} "$3"
  # What is thrown away need not be on the disk (volatile), and a change of owner need copy no file (metacopy). Older
  # kernels know neither.
  mount -t overlay overlay -o "volatile,metacopy=on,$options" "$3" 2>/dev/null ||
    mount -t overlay overlay -o "$options" "$3"
}

overlay "$base" machine "$machine"

# What Podman makes an overlay of, and so is none itself: its storage, wherever a command keeps it.
for place in root home tmp var/tmp var/lib/containers; do
  mkdir -p "$run/real/$place" "$machine/$place"
  cp -a "$machine/$place/." "$run/real/$place/"
  chmod --reference="$machine/$place" "$run/real/$place"
  mount --bind "$run/real/$place" "$machine/$place"
done

mount -t proc proc "$machine/proc"
mount -t tmpfs -o mode=755 tmpfs "$machine/run"

# The nodes of /dev with the permissions that udev gives them.
mount -t tmpfs -o mode=755 tmpfs "$machine/dev"
node() { # MODE TYPE MAJOR MINOR NAME
  mkdir -p "$(dirname "$machine/dev/$5")"
  mknod -m "$1" "$machine/dev/$5" "$2" "$3" "$4"
}
node 666 c 1 3 null
node 666 c 1 5 zero
node 666 c 1 7 full
node 666 c 1 8 random
node 666 c 1 9 urandom
node 666 c 5 0 tty
node 666 c 10 229 fuse
node 666 c 10 200 net/tun
mkdir -p "$machine"/dev/{pts,shm,mqueue}
mount -t devpts -o newinstance,ptmxmode=666,mode=620 devpts "$machine/dev/pts"
mount -t tmpfs -o mode=1777 tmpfs "$machine/dev/shm"
mount -t mqueue mqueue "$machine/dev/mqueue"
ln -s pts/ptmx "$machine/dev/ptmx"
ln -s /proc/self/fd "$machine/dev/fd"
for fd in 0:stdin 1:stdout 2:stderr; do ln -s "/proc/self/fd/${fd%:*}" "$machine/dev/${fd#*:}"; done

# Root has the cgroups of this machine, which are v1 on some. A user has what systemd gives to whoever logs in to a Debian:
# cgroups v2 alone, and one of them to divide further. The user's processes are in a leaf of it, as no process may be where
# controllers are handed on.
if [[ -z $user ]]; then
  mount --rbind /sys "$machine/sys"
else
  mount -t sysfs sysfs "$machine/sys"
  mount -t cgroup2 cgroup2 "$machine/sys/fs/cgroup"
  mkdir -p "$machine/sys/fs/cgroup/$group/session/init"
  for controller in $(<"$machine/sys/fs/cgroup/$group/cgroup.controllers"); do
    echo "+$controller" >"$machine/sys/fs/cgroup/$group/cgroup.subtree_control"
  done
  chown -R --reference="$machine/home/$user" "$machine/sys/fs/cgroup/$group/session"
  echo $$ >"$machine/sys/fs/cgroup/$group/session/init/cgroup.procs"
fi

mkdir -p "$machine$home/.m2/repository"
[[ -z $repository ]] || overlay "$repository" maven "$machine$home/.m2/repository"
# How Maven Central is reached from here, if that was set.
for settings in "${HOME:-/root}"/.m2/settings*.xml; do
  [[ ! -e $settings ]] || cp "$settings" "$machine$home/.m2/"
done
clone=$home/kafka-connect-podman
git clone --quiet --no-hardlinks "file://$checkout" "$machine$clone"
[[ -z $user ]] || chown -R --reference="$machine$home" "$machine$home/.m2" "$machine$clone"

# Not only chroot: in one, nobody may make a user namespace, which rootless Podman is.
mkdir "$machine/.outside"
cd "$machine"
pivot_root . .outside
# A shell remains the first process, which has to bury orphans.
# shellcheck disable=SC2016 # for the inner shell
exec chroot . env -i HOME=/root TERM=dumb LANG=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
  bash -euo pipefail -c '
    umount --lazy /.outside
    rmdir /.outside
    clone=$1 home=$2 first=$3 user=$4
    shift 4
    cd "$clone"
    [[ -z $first ]] || bash -c "$first"
    as=()
    if [[ -n $user ]]; then
      as=(setpriv --reuid "$user" --regid "$user" --init-groups env "HOME=$home" "USER=$user" "LOGNAME=$user"
        PATH=/usr/local/bin:/usr/bin:/bin)
    fi
    status=0
    "${as[@]}" "$@" || status=$?
    exit "$status"' _ "$clone" "$home" "$first" "$user" "$@"
