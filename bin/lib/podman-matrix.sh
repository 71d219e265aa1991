# podman-matrix.sh - the steps of bin/podman-matrix. Source it after common.sh and debian.sh.
# They expect SUITE, ROOT (the chroot) and INSTANCE (a directory for the state of one user of it), and all check before
# acting.

MATRIX_PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

# What is taken from experimental, which is no whole suite but lies over sid: Podman 6 needs netavark 2.
matrix_experimental=(podman netavark)

# matrix_suite NAME: the Debian suite of a Podman version, or NAME itself when it is none.
matrix_suite() {
  case $1 in
    4.3) echo bookworm ;;
    5.4) echo trixie ;;
    5.8) echo sid ;;
    6.1) echo experimental ;;
    *.*) die "no Debian suite is known to have Podman $1: 5.4, 5.8 and 6.1 are known" ;;
    *) echo "$1" ;;
  esac
}

matrix_socket() { printf '%s/run/podman.sock' "$INSTANCE"; }

# in_matrix COMMAND...: run it in the chroot, in its mount namespace.
in_matrix() { nsenter -t "$(<"$INSTANCE/ns.pid")" -m -- chroot "$ROOT" "${matrix_env[@]}" "$@"; }
matrix_env=(env -i CONTAINERS_CONF=/run/containers.conf HOME=/root TERM=dumb "PATH=$MATRIX_PATH")

# One builder at a time: the second one finds the first one's work.
matrix_build() {
  mkdir -p "$(dirname "$ROOT")"
  (
    exec 9>"$ROOT.lock"
    flock 9
    matrix_chroot && matrix_install
  )
}

matrix_chroot() {
  local base=$SUITE script mirror
  [[ ! -e $ROOT/.bootstrapped ]] || return 0
  say "building a chroot of $SUITE with its Podman, once"
  [[ $SUITE != experimental ]] || base=sid
  script=/usr/share/debootstrap/scripts/$base
  [[ -e $script ]] || script=/usr/share/debootstrap/scripts/sid # a suite younger than debootstrap
  mirror=${MIRROR:-$(os_mirror)}
  rm -rf --one-file-system "$ROOT"
  quietly "$ROOT.debootstrap.log" debootstrap --variant=minbase "$base" "$ROOT" "$mirror" "$script" || return 1
  [[ $SUITE != experimental ]] ||
    printf 'deb %s experimental main\n' "$mirror" >"$ROOT/etc/apt/sources.list.d/experimental.list"
  touch "$ROOT/.bootstrapped"
}

matrix_install() {
  local package packages
  if [[ ! -e $ROOT/usr/bin/podman ]]; then
    read -ra packages < <(packages_for inside-another-podman)
    if [[ $SUITE == experimental ]]; then
      # Only these: -t experimental would take every dependency from there.
      for package in "${matrix_experimental[@]}"; do packages+=("$package/experimental"); done
    fi
    # Testing suites may have an expired Release file when the clock and the mirror differ.
    matrix_apt -o Acquire::Check-Valid-Until=false update &&
      matrix_apt install -y --no-install-recommends "${packages[@]}" || return 1
  fi
  if [[ -n ${JOURNALD:-} ]]; then
    if [[ ! -e $ROOT/usr/lib/systemd/systemd-journald ]]; then
      # What the chroot knows of its release can be older than what the mirror still has.
      matrix_apt -o Acquire::Check-Valid-Until=false update &&
        matrix_apt install -y --no-install-recommends systemd || return 1
    fi
    [[ -s $ROOT/etc/machine-id ]] || tr -d - </proc/sys/kernel/random/uuid >"$ROOT/etc/machine-id"
  fi
  mkdir -p "$ROOT"/{dev,proc,sys,run,tmp,var/lib/containers}
}

matrix_apt() {
  quietly "$ROOT.apt.log" chroot "$ROOT" env -i "PATH=$MATRIX_PATH" DEBIAN_FRONTEND=noninteractive apt-get -q "$@"
}

# runc, cgroupfs and equal limits for machines without CAP_SYS_RESOURCE or with cgroups v1 and v2 mixed, as in
# PodmanSettings.java. pids_limit: on those the pids controller sits in v1 ("pids.max: no such file").
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

# What every mount namespace needs; for a shell in it, with the chroot as $1.
#  - The chroot is bind-mounted on itself: otherwise "/" is no mount point in it, and importing an image fails with
#    "remount /: invalid argument".
#  - A pure cgroup2 over /sys/fs/cgroup: newer Podman has dropped v1.
#  - A /dev/shm of its own: all Podmans that see one share its segment of locks.
# shellcheck disable=SC2016 # for the inner shell
MATRIX_MOUNTS='
  set -e
  mount --bind "$1" "$1"
  mount -t proc proc "$1/proc"
  mount --rbind /sys "$1/sys"
  mount --rbind /dev "$1/dev"
  umount -R "$1/sys/fs/cgroup" 2>/dev/null || umount -l "$1/sys/fs/cgroup" 2>/dev/null || true
  mount -t cgroup2 cgroup2 "$1/sys/fs/cgroup"
  mount -t tmpfs tmpfs "$1/dev/shm"'

# A mount namespace, held by a sleep, so that nothing leaks to the machine. What Podman keeps lies in the instance's
# directory, where it can be seen from outside.
matrix_namespace() {
  alive "$INSTANCE/ns.pid" && return 0
  # shellcheck disable=SC2016 # for the inner shell
  setsid unshare -m --propagation private bash -c "$MATRIX_MOUNTS"'
    mount --bind "$2/run" "$1/run"
    mount --bind "$2/storage" "$1/var/lib/containers"
    exec sleep infinity' _ "$ROOT" "$INSTANCE" </dev/null >"$INSTANCE/ns.log" 2>&1 &
  echo $! >"$INSTANCE/ns.pid"
  until_ok 10 in_matrix mountpoint -q /var/lib/containers || die "no mount namespace: $(tail -n 3 "$INSTANCE/ns.log")"
}

# matrix_hold PID: a mount namespace that ends with a process. Whoever uses it keeps Podman's things below /tmp. With JOURNALD=1
# it has a journald of its own.
matrix_hold() {
  local log holder
  log=$(mktemp -t kafka-connect-podman-hold.XXXXXX)
  # shellcheck disable=SC2016 # for the inner shell
  setsid unshare -m --propagation private bash -c "$MATRIX_MOUNTS"'
    mount -t tmpfs tmpfs "$1/run"
    mount --bind /tmp "$1/tmp"
    if [[ -n ${JOURNALD:-} ]]; then
      mkdir -p "$1"/run/systemd/journal "$1"/run/log/journal
      chroot "$1" /usr/lib/systemd/systemd-journald &
      tail --pid="$2" -f /dev/null
      kill $!
    else
      exec tail --pid="$2" -f /dev/null
    fi' _ "$ROOT" "$1" </dev/null >"$log" 2>&1 &
  holder=$!
  until_ok 10 nsenter -t "$holder" -m -- chroot "$ROOT" mountpoint -q /tmp ||
    die "no mount namespace: $(tail -n 3 "$log")"
  [[ -z ${JOURNALD:-} ]] ||
    until_ok 10 nsenter -t "$holder" -m -- chroot "$ROOT" test -S /run/systemd/journal/socket ||
    die "journald doesn't start: $(tail -n 3 "$log")"
  rm -f "$log"
  printf '%s\n' nsenter -t "$holder" -m -- chroot "$ROOT" env "PATH=$MATRIX_PATH"
}

# matrix_machine PID: as hold, but a machine of its own whose Debian can be replaced while containers run. Its root is made
# of mounts in the place of /mnt: what is mounted over /usr and /etc later is what commands find from then on, and what
# runs keeps what it has, as when packages are upgraded.
matrix_machine() {
  local log holder
  log=$(mktemp -t kafka-connect-podman-machine.XXXXXX)
  # shellcheck disable=SC2016 # for the inner shell
  setsid unshare -m --propagation private bash -c '
    set -e
    suite=$1 PID=$2
    set -- /mnt
    mount -t tmpfs -o mode=755 tmpfs "$1"
    mkdir "$1"/{dev,etc,proc,root,run,sys,tmp,usr,var}
    ln -s usr/bin usr/lib usr/lib64 usr/sbin "$1"
    mkdir -p "$1"/var/{lib/containers,tmp}'"$MATRIX_MOUNTS"'
    mount --bind "$suite/usr" "$1/usr"
    mount --bind "$suite/etc" "$1/etc"
    mount -t tmpfs tmpfs "$1/run"
    mount --bind /tmp "$1/tmp"
    exec tail --pid="$PID" -f /dev/null' _ "$ROOT" "$1" </dev/null >"$log" 2>&1 &
  holder=$!
  until_ok 10 nsenter -t "$holder" -m -- chroot /mnt mountpoint -q /tmp ||
    die "no mount namespace: $(tail -n 3 "$log")"
  rm -f "$log"
  printf '%s\n' nsenter -t "$holder" -m -- chroot /mnt env "PATH=$MATRIX_PATH"
}

# matrix_upgrade HOLDER: the machine of that process has the Debian of SUITE from now on.
matrix_upgrade() {
  local directory
  for directory in usr etc; do
    nsenter -t "$1" -m -- mount --bind "$ROOT/$directory" "/mnt/$directory" ||
      die "process $1 holds no machine of '$0 machine'"
  done
}

# The same image as BusyboxImage.java makes: one static binary.
matrix_image() {
  in_matrix podman image exists localhost/busybox:latest 2>/dev/null && return 0
  # shellcheck disable=SC2016 # for the inner shell
  quietly "$INSTANCE/image.log" in_matrix sh -ec '
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
  alive "$INSTANCE/service.pid" && return 0
  rm -f "$(matrix_socket)"
  setsid nsenter -t "$(<"$INSTANCE/ns.pid")" -m -- chroot "$ROOT" "${matrix_env[@]}" \
    podman system service --time=0 unix:///run/podman.sock </dev/null >"$INSTANCE/service.log" 2>&1 &
  echo $! >"$INSTANCE/service.pid"
  until_ok 20 curl -fs --unix-socket "$(matrix_socket)" http://d/_ping ||
    die "the Podman service doesn't answer: $(tail -n 3 "$INSTANCE/service.log")"
}

# A stand-alone journald, for EVENTS_LOGGER=journald: works without systemd as process 1.
matrix_journald() {
  [[ -n ${JOURNALD:-} ]] || return 0
  alive "$INSTANCE/journald.pid" && return 0
  mkdir -p "$INSTANCE"/run/systemd/journal "$INSTANCE"/run/log/journal
  setsid nsenter -t "$(<"$INSTANCE/ns.pid")" -m -- chroot "$ROOT" /usr/lib/systemd/systemd-journald \
    </dev/null >"$INSTANCE/journald.log" 2>&1 &
  echo $! >"$INSTANCE/journald.pid"
  until_ok 10 test -S "$INSTANCE/run/systemd/journal/socket" || die "journald doesn't start; see $INSTANCE/journald.log"
}

matrix_down() {
  [[ -d $INSTANCE ]] || return 0
  if alive "$INSTANCE/ns.pid"; then
    in_matrix podman pod rm --all --force --time 0 >/dev/null 2>&1 || true
    in_matrix podman rm --all --force --time 0 >/dev/null 2>&1 || true
  fi
  stop_pid "$INSTANCE/service.pid"
  stop_pid "$INSTANCE/journald.pid"
  stop_pid "$INSTANCE/ns.pid"
  # All mounts in it were in the namespace that is gone.
  rm -rf --one-file-system "$INSTANCE"
}
