# debian.sh - install missing Debian packages. Source it after common.sh; it runs nothing by itself.
# Usage: need_packages PACKAGE...
#
# PODMAN_PACKAGES is all that it takes to run containers, pods (catatonit is their infra container's process, which
# Debian only recommends) and networks, and to make an image without a registry (busybox).
#
# Never asks anything, prints one line when it installs, and shows apt's own output only when apt fails.

# shellcheck disable=SC2034 # for whoever sources this
PODMAN_PACKAGES=(podman runc catatonit iptables netavark aardvark-dns busybox-static)

is_installed() { [[ $(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null) == installed ]]; }

# The command prefix that makes us root, or failure when there is none that needs no password.
root_prefix() {
  if ((EUID == 0)); then
    return 0
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    printf 'sudo -n'
  else
    return 1
  fi
}

need_packages() {
  local package missing=() prefix
  command -v dpkg-query >/dev/null || die "this is no Debian or Ubuntu machine; please install by hand: $*"
  for package in "$@"; do
    is_installed "$package" || missing+=("$package")
  done
  ((${#missing[@]} > 0)) || return 0

  prefix=$(root_prefix) ||
    die "these Debian packages are missing, please run: sudo apt-get install --no-install-recommends ${missing[*]}"
  say "installing Debian packages: ${missing[*]}"
  apt_install "$prefix" "${missing[@]}" || die "could not install ${missing[*]}"
}

# apt_install PREFIX PACKAGE...: the package lists are fetched only when apt doesn't know what we want from them.
# A list that is there but out of date shows as a failed download: hence the second try after an update.
apt_install() {
  local prefix=$1 log
  shift
  log=$(mktemp -t kafka-connect-podman-apt.XXXXXX)
  # shellcheck disable=SC2086 # the prefix is empty or two words
  if $prefix apt-cache show --no-all-versions "$@" >/dev/null 2>&1 && apt_get "$prefix" install "$@" >"$log" 2>&1; then
    rm -f "$log"
    return 0
  fi
  quietly "$log" apt_get "$prefix" update && quietly "$log" apt_get "$prefix" install "$@" && rm -f "$log"
}

# apt_get PREFIX update|install PACKAGE...: another apt may hold the lock for a while (unattended-upgrades): wait.
apt_get() {
  local prefix=$1 verb=$2
  shift 2
  # shellcheck disable=SC2086 # the prefix is empty or two words
  $prefix env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 \
    "$verb" -y --no-install-recommends "$@" </dev/null
}
