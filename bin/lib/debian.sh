# debian.sh - which Debian packages each purpose takes, and how missing ones are installed. Source it after common.sh;
# it runs nothing by itself.
# Usage: need_packages_for PURPOSE...
#
# Never asks anything, prints one line when it installs, and shows apt's own output only when apt fails.

# The one list: every command of bin/ names its purposes and takes the packages from here. All of a list are checked, as
# one that is there tells nothing of the others: Debian only recommends most of them, and recommended ones aren't installed.
packages_for() {
  case $1 in
    # Containers, pods (catatonit is the process of their infra container), networks (iproute2 removes a bridge that was
    # left behind), and an image without a registry (busybox). Without root, a range of user ids as well (uidmap).
    containers)
      echo podman runc catatonit iptables netavark aardvark-dns iproute2 busybox-static
      ((EUID == 0)) || echo uidmap
      ;;
    compose) echo podman-compose curl jq ;;
    kafka-image) echo debootstrap jq ;;
    another-podman) echo debootstrap curl ;;
    # In the chroot of that other Podman.
    inside-another-podman)
      echo podman runc conmon netavark aardvark-dns iptables nftables catatonit uidmap ca-certificates busybox-static
      ;;
    # To install sshd is to start it where an init system runs; there that is for the machine's owner to decide.
    ssh)
      echo openssh-client
      [[ -d /run/systemd/system ]] || echo openssh-server
      ;;
    # In front of Podman's socket: docs/security.md.
    filter) echo haproxy ;;
    other-clocks) echo faketime ;;
    monitoring) echo prometheus ;;
    fresh-machine) echo debootstrap ;;
    # In the chroot of the fresh machine: what the README asks for, and nothing else.
    newcomer) echo ca-certificates openjdk-17-jdk-headless maven git curl ;;
    *) die "no list of packages for $1" ;;
  esac
}

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

need_packages_for() {
  local purpose list package missing=() prefix remedy=()
  list=$(for purpose in "$@"; do packages_for "$purpose"; done)
  if ! command -v dpkg-query >/dev/null; then
    say "this is no Debian or Ubuntu machine: nobody checks that it has ${list//$'\n'/ }, or their like"
    return 0
  fi
  for package in $list; do
    is_installed "$package" || [[ " ${missing[*]} " == *" $package "* ]] || missing+=("$package")
  done
  if ((${#missing[@]} == 0)); then
    : # the usual case
  elif prefix=$(root_prefix); then
    say "installing Debian packages: ${missing[*]}"
    apt_install "$prefix" "${missing[@]}" || die "could not install ${missing[*]}"
  else
    remedy+=("apt-get install -y --no-install-recommends ${missing[*]}")
  fi
  if [[ " $* " == *" containers "* ]] && ! has_user_ids; then
    remedy+=("$(add_user_ids)")
  fi
  ((${#remedy[@]} == 0)) || die "not all that is needed is here; root must run once: $(join ' && ' "${remedy[@]}")"
}

# Rootless Podman needs a range of user ids beside one's own. adduser gives one to every user, useradd may not.
has_user_ids() {
  ((EUID == 0)) || grep -qsE "^($(id -un)|$EUID):" /etc/subuid || getsubids "$(id -un)" >/dev/null 2>&1
}

# The command that gives this user the first range behind all others.
add_user_ids() {
  local from
  from=$(cat /etc/subuid /etc/subgid 2>/dev/null | awk -F: '$2 + $3 > from { from = $2 + $3 } END { print from < 100000 ? 100000 : from }')
  printf 'usermod --add-subuids %d-%d --add-subgids %d-%d %s' "$from" $((from + 65535)) "$from" $((from + 65535)) "$(id -un)"
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

# As bookworm.
os_suite() { (. /etc/os-release && printf '%s' "${VERSION_CODENAME:-stable}"); }

# The package mirror this machine already uses for its own suite; nothing means debootstrap's own default.
os_mirror() {
  find /etc/apt -maxdepth 2 -type f \( -name '*.list' -o -name '*.sources' \) -exec awk -v suite="$(os_suite)" '
    # A stanza of several lines, as in debian.sources.
    FNR == 1 || NF == 0 { uri = ""; of_suite = 0 }
    $1 == "URIs:" { uri = $2 }
    $1 == "Suites:" { for (i = 2; i <= NF; i++) if ($i == suite) of_suite = 1 }
    uri && of_suite { print uri; exit }
    # A line, as in sources.list: options in brackets may come first.
    $1 == "deb" { for (i = 2; i < NF; i++) if ($i ~ /^http/ && $(i + 1) == suite) { print $i; exit } }
  ' {} +
}
