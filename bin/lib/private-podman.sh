# private-podman.sh - a Podman of one's own, storage, networks and service, beside the machine's: for trials.
# Source it after common.sh.
# Usage: private_podman_start DIR     DIR: an empty folder with a short path (sockets allow 107 characters)
#        private_podman_stop DIR      ends everything in it and removes DIR
#
# Afterwards DIR/podman.sock is its service's socket, and DIR/bin/podman the command for it: put DIR/bin first on
# PATH for tools that know no --root (podman-compose). Every private Podman has localhost/busybox:latest.

private_podman_start() {
  local dir=$1 real
  real=$(command -v podman) || die "no podman found"
  mkdir -p "$dir"/{bin,root,runroot,tmp,networks}
  printf '#!/bin/sh\nCONTAINERS_CONF=%s/containers.conf exec %s --root %s/root --runroot %s/runroot --tmpdir %s/tmp "$@"\n' \
    "$dir" "$real" "$dir" "$dir" "$dir" >"$dir/bin/podman"
  chmod +x "$dir/bin/podman"

  # Ordinary machines need no special settings; small virtual machines and build containers often do.
  settings "$dir" >"$dir/containers.conf"
  busybox_image "$dir"
  if ! private_podman_works "$dir"; then
    settings "$dir" limited >"$dir/containers.conf"
    private_podman_works "$dir" || die "Podman runs no container here: $(tail -n 3 "$dir/trial.log")"
  fi

  "$dir/bin/podman" system service --time=0 "unix://$dir/podman.sock" </dev/null >"$dir/service.log" 2>&1 &
  echo $! >"$dir/service.pid"
  until_ok 20 curl -fs --unix-socket "$dir/podman.sock" http://d/_ping ||
    die "the private Podman service doesn't answer: $(tail -n 3 "$dir/service.log")"
}

# settings DIR [limited]: Podman's configuration.
# Events go to a file, readable in a plain build container, where there is no journal. Two Podmans share the bridge
# podman0 but don't know of each other's addresses, so each gets a range of its own, by chance.
# "limited" is for machines without CAP_SYS_RESOURCE (no hard limit may be raised; Podman 4.3 swaps soft and hard for
# infra containers, so both are equal), without systemd, or with cgroups v1 and v2 mixed, which crun refuses.
settings() {
  local net="10.$((100 + RANDOM % 150))"
  cat <<SETTINGS
[network]
network_backend = "netavark"
network_config_dir = "$1/networks"
default_subnet = "$net.0.0/24"
default_subnet_pools = [{"base" = "$net.128.0/17", "size" = 24}]
[engine]
events_logger = "file"
SETTINGS
  [[ ${2:-} != limited ]] || cat <<SETTINGS
runtime = "runc"
cgroup_manager = "cgroupfs"
[containers]
default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]
SETTINGS
}

private_podman_works() {
  "$1/bin/podman" run --rm --network none localhost/busybox:latest true </dev/null >"$1/trial.log" 2>&1
}

# An image without a registry: one static binary.
busybox_image() {
  local root=$1/busybox applet
  mkdir -p "$root/bin"
  cp "$(command -v busybox)" "$root/bin/busybox"
  for applet in sh sleep true false echo cat ls kill; do
    ln -sf busybox "$root/bin/$applet"
  done
  tar -C "$root" -cf "$1/busybox.tar" .
  quietly "$1/import.log" "$1/bin/podman" import "$1/busybox.tar" localhost/busybox:latest
}

private_podman_stop() {
  local dir=$1
  [[ -x $dir/bin/podman ]] || return 0
  {
    "$dir/bin/podman" pod rm --all --force --time 0
    "$dir/bin/podman" rm --all --force --volumes --time 0
    "$dir/bin/podman" network prune --force
    stop_pid "$dir/service.pid"
    umount -R "$dir/root/overlay"
    umount -R "$dir/runroot"
  } </dev/null >/dev/null 2>&1 || true
  rm -rf --one-file-system "$dir"
}
