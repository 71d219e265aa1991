# fresh-machine.sh - the steps of bin/fresh-machine. Source it after common.sh and debian.sh.
# They expect cold, as_user and first, as bin/fresh-machine sets them.

FRESH_DIR=$CACHE_DIR/fresh-machine
FRESH_BASE=$FRESH_DIR/base
FRESH_SUITE=bookworm
FRESH_PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
FRESH_AUTHORITIES=/usr/local/share/ca-certificates
FRESH_USER=newcomer FRESH_ID=1000

# It is built anew when the list of packages, the way it is built or what this machine trusts has changed; by one builder
# at a time, and never while a command runs above it: the lock, which these share, is kept to the end.
fresh_machine_base() {
  local made_of
  made_of=$({ packages_for newcomer && declare -f build_base && find "$FRESH_AUTHORITIES" -name '*.crt' -exec cat {} +; } 2>/dev/null | sha256sum || true)
  mkdir -p "$FRESH_DIR"
  exec 9>"$FRESH_DIR/lock"
  flock --shared 9
  if ! base_is_of "$made_of"; then
    flock 9
    base_is_of "$made_of" || build_base || die "could not build the fresh machine"
    printf '%s\n' "$made_of" >"$FRESH_BASE/.made-of"
    flock --shared 9
  fi
}

base_is_of() { [[ $(cat "$FRESH_BASE/.made-of" 2>/dev/null) == "$1" ]]; }

build_base() {
  local mirror packages
  mirror=${MIRROR:-$([[ $(os_suite) != "$FRESH_SUITE" ]] || os_mirror)}
  read -ra packages < <(packages_for newcomer)
  say "building a fresh Debian ($FRESH_SUITE) with ${packages[*]}, once"
  rm -rf --one-file-system "$FRESH_BASE"
  quietly "$FRESH_DIR/debootstrap.log" debootstrap --variant=minbase "$FRESH_SUITE" "$FRESH_BASE" ${mirror:+"$mirror"} ||
    return 1
  # Without one, debootstrap has written down its own.
  [[ -z $mirror ]] || printf 'deb %s %s main\n' "$mirror" "$FRESH_SUITE" >"$FRESH_BASE/etc/apt/sources.list"
  # How packages are reached from here: proxies, and whether a frozen mirror's dates are believed.
  apt-config dump | grep -E '^Acquire::(http|https|ftp|Check-)' >"$FRESH_BASE/etc/apt/apt.conf.d/00fetching" || true
  # Where a proxy shows certificates of its own, its authority is trusted here, and without it Maven reaches nothing.
  mkdir -p "$FRESH_BASE$FRESH_AUTHORITIES"
  find "$FRESH_AUTHORITIES" -name '*.crt' -exec cp {} "$FRESH_BASE$FRESH_AUTHORITIES/" \; || true
  # Debian's JDK can't be installed where the folder of man pages is missing.
  mkdir -p "$FRESH_BASE/usr/share/man/man1"
  into "$FRESH_BASE"
  in_base apt-get -q update && in_base apt-get -q install -y --no-install-recommends "${packages[@]}" || return 1
  in_base update-ca-certificates || return 1
  # As adduser and the login of a real machine leave it, subordinate ids included.
  in_base useradd --create-home --uid "$FRESH_ID" --shell /bin/bash "$FRESH_USER" || return 1
  grep -q "^$FRESH_USER:" "$FRESH_BASE/etc/subuid" || {
    echo "useradd has given $FRESH_USER no subordinate ids" >&2
    return 1
  }
}

# into ROOT: names and addresses are this machine's.
into() { cp --dereference /etc/resolv.conf /etc/hosts "$1/etc/"; }

# With a /proc, which the JDK's installation reads.
in_base() {
  # shellcheck disable=SC2016 # for the inner shell
  quietly "$FRESH_DIR/apt.log" unshare --mount --propagation private sh -ec '
    mount -t proc proc "$1/proc"
    root=$1
    shift
    exec chroot "$root" env -i DEBIAN_FRONTEND=noninteractive "$@"' _ "$FRESH_BASE" "PATH=$FRESH_PATH" "$@"
}

# fresh_machine_run COMMAND...: the exit status is the command's.
fresh_machine_run() {
  local run group status=0 repository=${HOME:-/root}/.m2/repository
  remove_left_runs
  run=$(mktemp -d "$FRESH_DIR/run.XXXXXX")
  group=kafka-connect-podman-fresh-machine.$$
  into "$FRESH_BASE"
  # The next run removes the directory of one that was killed; this lock tells it from one that goes on.
  exec 8>"$run/lock"
  flock 8
  # shellcheck disable=SC2064 # both are known now
  trap "remove_run '$run' '$group'" EXIT
  [[ -z $cold && -d $repository ]] || repository=''
  # In the background, with a group of its own, so that a signal to this shell is heard at once.
  set -m
  # shellcheck disable=SC2154 # bin/fresh-machine sets first
  unshare --mount --propagation private --pid --fork --kill-child \
    bash "$(dirname "${BASH_SOURCE[0]}")/fresh-machine-boot.sh" \
    "$run" "$FRESH_BASE" "$PROJECT_DIR" "$group" "$repository" "$first" "${as_user:+$FRESH_USER}" "$@" </dev/null &
  # shellcheck disable=SC2064 # the process is known now
  trap "stop_machine $!; exit 130" INT TERM
  wait $! || status=$?
  return "$status"
}

# With the machine's first process all others end, and the mounts with them: only then can its directory be removed.
stop_machine() {
  local first
  read -r first <"/proc/$1/task/$1/children" && kill -KILL "$first"
  wait "$1"
} 2>/dev/null

remove_run() {
  local run=$1 group=$2
  rm -rf --one-file-system "$run"
  # Podman's groups, and those of containers that were killed with the machine.
  # shellcheck disable=SC2016 # for the inner shell
  unshare --mount --propagation private sh -c '
    mount -t cgroup2 cgroup2 /mnt && [ -d "/mnt/$1" ] && find "/mnt/$1" -depth -type d -exec rmdir {} +' _ "$group" \
    >/dev/null 2>&1 || true
}

remove_left_runs() {
  local run
  for run in "$FRESH_DIR"/run.*; do
    [[ -e $run/lock ]] || continue
    (flock --nonblock 8 && rm -rf --one-file-system "$run") 8<"$run/lock" || true
  done
}
