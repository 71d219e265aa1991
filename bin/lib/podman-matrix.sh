# podman-matrix.sh - the steps of bin/podman-matrix. Source it after common.sh, debian.sh and kafka-image.sh (os_mirror).
# They expect SUITE, ROOT (the chroot) and STATE (a path prefix for process ids and logs), and all check before acting.

MATRIX_PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

matrix_packages=(podman runc conmon netavark aardvark-dns iptables nftables catatonit uidmap ca-certificates busybox-static)

matrix_socket() { printf '%s/run/podman-matrix.sock' "$ROOT"; }

# in_matrix COMMAND...: run it in the chroot, in its mount namespace.
in_matrix() { nsenter -t "$(<"$STATE.ns.pid")" -m -- chroot "$ROOT" "${matrix_env[@]}" "$@"; }
matrix_env=(env -i CONTAINERS_CONF=/etc/matrix.conf HOME=/root TERM=dumb "PATH=$MATRIX_PATH")

matrix_build() {
  local script=/usr/share/debootstrap/scripts/$SUITE mirror
  mkdir -p "$(dirname "$ROOT")"
  if [[ ! -e $ROOT/.bootstrapped ]]; then
    say "building a chroot of $SUITE with its Podman, once"
    [[ -e $script ]] || script=/usr/share/debootstrap/scripts/sid # a suite younger than debootstrap
    mirror=${MIRROR:-$(os_mirror)}
    rm -rf --one-file-system "$ROOT"
    quietly "$STATE.debootstrap.log" debootstrap --variant=minbase "$SUITE" "$ROOT" "$mirror" "$script" || return 1
    touch "$ROOT/.bootstrapped"
  fi
  if [[ ! -e $ROOT/usr/bin/podman ]]; then
    # Testing suites may have an expired Release file when the clock and the mirror differ.
    matrix_apt -o Acquire::Check-Valid-Until=false update &&
      matrix_apt install -y --no-install-recommends "${matrix_packages[@]}" || return 1
  fi
  if [[ -n ${JOURNALD:-} && ! -e $ROOT/usr/lib/systemd/systemd-journald ]]; then
    matrix_apt install -y --no-install-recommends systemd || return 1
  fi
  mkdir -p "$ROOT"/{dev,proc,sys,run}
}

matrix_apt() {
  quietly "$STATE.apt.log" chroot "$ROOT" env -i "PATH=$MATRIX_PATH" DEBIAN_FRONTEND=noninteractive apt-get -q "$@"
}

# runc, cgroupfs and equal limits for machines without CAP_SYS_RESOURCE or with cgroups v1 and v2 mixed, as in
# private-podman.sh. pids_limit: on those the pids controller sits in v1 ("pids.max: no such file").
matrix_settings() {
  cat <<SETTINGS
[containers]
default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]
pids_limit = 0
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "${EVENTS_LOGGER:-file}"
SETTINGS
  [[ -z ${EVENTS_MAX:-} ]] || printf 'events_logfile_max_size = "%s"\n' "$EVENTS_MAX"
}

# A mount namespace, held by a sleep, so that nothing leaks to the machine.
#  - The chroot is bind-mounted on itself: otherwise "/" is no mount point in it, and importing an image fails with
#    "remount /: invalid argument".
#  - A pure cgroup2 over /sys/fs/cgroup: newer Podman has dropped v1.
#  - A /dev/shm of its own: both Podmans would share one segment of locks.
matrix_namespace() {
  alive "$STATE.ns.pid" && return 0
  # shellcheck disable=SC2016 # for the inner shell
  setsid unshare -m --propagation private bash -c '
    set -e
    mount --bind "$1" "$1"
    mount -t proc proc "$1/proc"
    mount --rbind /sys "$1/sys"
    mount --rbind /dev "$1/dev"
    umount -R "$1/sys/fs/cgroup" 2>/dev/null || umount -l "$1/sys/fs/cgroup" 2>/dev/null || true
    mount -t cgroup2 cgroup2 "$1/sys/fs/cgroup"
    mount -t tmpfs tmpfs "$1/dev/shm"
    exec sleep infinity' _ "$ROOT" </dev/null >"$STATE.ns.log" 2>&1 &
  echo $! >"$STATE.ns.pid"
  until_ok 10 in_matrix mountpoint -q /dev/shm || die "no mount namespace: $(tail -n 3 "$STATE.ns.log")"
}

# The same image as in private-podman.sh: one static binary.
matrix_image() {
  in_matrix podman image exists localhost/busybox:latest 2>/dev/null && return 0
  # shellcheck disable=SC2016 # for the inner shell
  quietly "$STATE.image.log" in_matrix sh -ec '
    d=$(mktemp -d)
    mkdir "$d/bin"
    cp /bin/busybox "$d/bin/"
    for applet in sh sleep true false echo cat ls kill; do ln -s busybox "$d/bin/$applet"; done
    tar -C "$d" -cf "$d.tar" .
    podman import -q "$d.tar" localhost/busybox:latest
    rm -rf "$d" "$d.tar"'
}

# Every word of the command execs the next, so the process id is Podman's own.
matrix_service() {
  alive "$STATE.service.pid" && return 0
  rm -f "$(matrix_socket)"
  setsid nsenter -t "$(<"$STATE.ns.pid")" -m -- chroot "$ROOT" "${matrix_env[@]}" \
    podman system service --time=0 unix:///run/podman-matrix.sock </dev/null >"$STATE.service.log" 2>&1 &
  echo $! >"$STATE.service.pid"
  until_ok 20 curl -fs --unix-socket "$(matrix_socket)" http://d/_ping ||
    die "the Podman service doesn't answer: $(tail -n 3 "$STATE.service.log")"
}

# A stand-alone journald, for EVENTS_LOGGER=journald: works without systemd as process 1.
matrix_journald() {
  [[ -n ${JOURNALD:-} ]] || return 0
  alive "$STATE.journald.pid" && return 0
  [[ -s $ROOT/etc/machine-id ]] || tr -d - </proc/sys/kernel/random/uuid >"$ROOT/etc/machine-id"
  mkdir -p "$ROOT"/run/systemd/journal "$ROOT"/run/log/journal
  setsid nsenter -t "$(<"$STATE.ns.pid")" -m -- chroot "$ROOT" /usr/lib/systemd/systemd-journald \
    </dev/null >"$STATE.journald.log" 2>&1 &
  echo $! >"$STATE.journald.pid"
  until_ok 10 test -S "$ROOT/run/systemd/journal/socket" || die "journald doesn't start; see $STATE.journald.log"
}

matrix_down() {
  if alive "$STATE.ns.pid"; then
    in_matrix podman pod rm --all --force --time 0 >/dev/null 2>&1 || true
    in_matrix podman rm --all --force --time 0 >/dev/null 2>&1 || true
  fi
  stop_pid "$STATE.service.pid"
  stop_pid "$STATE.journald.pid"
  stop_pid "$STATE.ns.pid"
}
