# common.sh - small things every script of bin/ needs. Source it; it runs nothing.
# Usage: . bin/lib/common.sh
# shellcheck disable=SC2034 # what is set here is used elsewhere

# Without this, "x=$(f)" goes on in f after a failure, whatever "set -e" says.
shopt -s inherit_errexit

# The top of the checkout, wherever the caller stands.
PROJECT_DIR=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

# What is expensive to make and independent of the checkout (images, other Podman versions) is kept here.
CACHE_DIR=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/kafka-connect-podman

say() { printf '== %s\n' "$*" >&2; }

die() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# need_root WHY: as in "building a chroot".
need_root() {
  ((EUID == 0)) || die "this must be run as root, for $1; you are $(id -un)"
}

# join SEPARATOR WORD...
join() {
  local separator=$1 word joined=''
  shift
  for word in "$@"; do
    joined+=${joined:+$separator}$word
  done
  printf '%s' "$joined"
}

# quietly LOG COMMAND...: keep a noisy command's output in LOG, and show its end only when the command fails.
quietly() {
  local log=$1 status=0
  shift
  "$@" >"$log" 2>&1 </dev/null || status=$?
  if ((status != 0)); then
    printf 'error: %s\nfailed with status %s; the end of %s:\n' "$*" "$status" "$log" >&2
    tail -n 30 "$log" >&2
  fi
  return "$status"
}

# until_ok SECONDS COMMAND...: try COMMAND every 0.2 s until it succeeds, or give up after SECONDS.
until_ok() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < deadline)) || return 1
    sleep 0.2
  done
}

# alive PIDFILE: is the process whose id is in PIDFILE still there?
alive() { [[ -s $1 ]] && kill -0 "$(<"$1")" 2>/dev/null; }

# stop_pid PIDFILE: end the process of PIDFILE, politely first, and remove the file.
stop_pid() {
  if alive "$1"; then
    local pid
    pid=$(<"$1")
    kill "$pid" 2>/dev/null || true
    until_ok 10 not_running "$pid" || kill -KILL "$pid" 2>/dev/null || true
  fi
  rm -f "$1"
}

not_running() { ! kill -0 "$1" 2>/dev/null; }
