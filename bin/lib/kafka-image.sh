# kafka-image.sh - build a local stand-in for docker.io/apache/kafka, for machines that reach no container registry.
# Source it after common.sh, debian.sh and java.sh.
# Usage: kafka_image_archive     prints the path of a docker archive, building it first if it isn't there
#
# Three layers, each cached by what goes into it: Debian minbase, a JRE made by jlink, Kafka's jars from Maven.
# The layout (/opt/kafka, /etc/kafka/docker/run, user appuser) is the official image's, so either can be used.

KAFKA_IMAGE_SOURCE=$PROJECT_DIR/src/kafka-image
KAFKA_IMAGE_CACHE=$CACHE_DIR/kafka-image

# The version is the one the project is built and tested with.
kafka_version() { sed -n 's:.*<kafka\.version>\(.*\)</kafka\.version>.*:\1:p' "$PROJECT_DIR/pom.xml" | head -n 1; }

kafka_image_name() { printf 'docker.io/apache/kafka:%s' "$(kafka_version)"; }

# KAFKA_IMAGE_ARCHIVE names an archive to use instead, for instance of the official image ("podman save").
kafka_image_archive() {
  if [[ -n ${KAFKA_IMAGE_ARCHIVE:-} ]]; then
    [[ -r $KAFKA_IMAGE_ARCHIVE ]] || die "KAFKA_IMAGE_ARCHIVE=$KAFKA_IMAGE_ARCHIVE can't be read"
    printf '%s\n' "$KAFKA_IMAGE_ARCHIVE"
    return 0
  fi
  mkdir -p "$KAFKA_IMAGE_CACHE"
  (
    # One builder at a time: the second one finds the first one's work.
    exec 9>"$KAFKA_IMAGE_CACHE/lock"
    flock 9
    find "$KAFKA_IMAGE_CACHE" -mindepth 1 -maxdepth 1 -type d -exec rm -rf --one-file-system {} + # of builds broken off
    build_archive
  )
}

build_archive() {
  local version base jre kafka archive
  version=$(kafka_version)
  [[ -n $version ]] || die "no <kafka.version> found in pom.xml"
  base=$(layer base "$(os_suite)")
  jre=$(layer jre "$("$JAVA_HOME/bin/java" -XshowSettings:properties -version 2>&1 | grep -E 'java.(home|vm.version) =')")
  kafka=$(layer kafka "$version $(find "$KAFKA_IMAGE_SOURCE" -type f -print0 | sort -z | xargs -0 cat | sha256sum)")
  archive=$KAFKA_IMAGE_CACHE/kafka-$version-$(key "$base $jre $kafka").tar
  if [[ ! -e $archive ]]; then
    pack_archive "$archive" "$(kafka_image_name)" "$base" "$jre" "$kafka"
    # Whatever an older input left behind is of no more use.
    find "$KAFKA_IMAGE_CACHE" -name '*.tar' ! -path "$base" ! -path "$jre" ! -path "$kafka" ! -path "$archive" -delete
  fi
  printf '%s\n' "$archive"
}

# layer NAME INPUT: the tar of a layer, made by NAME_layer unless one made of the same input by this same file exists.
layer() {
  local file work
  file=$KAFKA_IMAGE_CACHE/$1-$(key "$2 $(cat "${BASH_SOURCE[0]}")").tar
  if [[ ! -e $file ]]; then
    say "building the $1 layer of $(kafka_image_name), once"
    work=$(mktemp -d "$KAFKA_IMAGE_CACHE/$1.XXXXXX")
    mkdir "$work/root"
    "$1_layer" "$work/root" "$work/log" || die "could not build the $1 layer; see $work/log"
    tar -C "$work/root" --numeric-owner -cf "$work/tar" .
    mv "$work/tar" "$file"
    rm -rf "$work"
  fi
  printf '%s\n' "$file"
}

key() { sha256sum <<<"$1" | cut -c 1-12; }

base_layer() {
  local root=$1 log=$2 mirror
  ((EUID == 0)) || die "building the Kafka image needs root (debootstrap); or name an image in KAFKA_IMAGE_ARCHIVE"
  mirror=$(os_mirror)
  quietly "$log" debootstrap --variant=minbase "$(os_suite)" "$root" ${mirror:+"$mirror"} || return 1
  echo 'appuser:x:1000:1000::/home/appuser:/bin/bash' >>"$root/etc/passwd"
  echo 'appuser:x:1000:' >>"$root/etc/group"
  install -d -o 1000 -g 1000 "$root/home/appuser"
  rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* "$root"/etc/apt/sources.list* \
    "$root"/usr/share/{doc,man,locale,info} "$root"/var/log/*
}

# Every module but those that need a screen or a compiler.
JRE_MODULES=java.se,jdk.unsupported,jdk.crypto.ec,jdk.crypto.cryptoki,jdk.management,jdk.management.agent,jdk.net
JRE_MODULES+=,jdk.naming.dns,jdk.security.auth,jdk.security.jgss,jdk.zipfs,jdk.localedata,jdk.jcmd,jdk.jfr,jdk.httpserver

jre_layer() {
  local root=$1 log=$2 jre=$1/opt/java/openjdk
  mkdir -p "$(dirname "$jre")" "$root/usr/local/bin"
  # Not --strip-debug, which also strips native code, and for that needs binutils.
  quietly "$log" "$JAVA_HOME/bin/jlink" --add-modules "$JRE_MODULES" --include-locales=en \
    --strip-java-debug-attributes --no-header-files --no-man-pages --output "$jre" || return 1
  # The archive of preparsed classes, which jlink leaves out, takes half a second off every start.
  quietly "$log" "$jre/bin/java" -Xshare:dump || return 1
  ln -s /opt/java/openjdk/bin/java "$root/usr/local/bin/java"
}

kafka_layer() {
  local root=$1 log=$2 kafka=$1/opt/kafka name log4j class
  mkdir -p "$root"/var/lib/kafka/data "$root"/mnt/shared/config "$root"/etc/kafka/secrets
  cp -R "$KAFKA_IMAGE_SOURCE/rootfs/." "$root/"
  # The plug-in in its full name, so that no super-POM's older one is taken; its version is the POM's.
  quietly "$log" mvn -B -ntp -f "$KAFKA_IMAGE_SOURCE/pom.xml" -Dkafka.version="$(kafka_version)" \
    org.apache.maven.plugins:maven-dependency-plugin:copy-dependencies -DoutputDirectory="$kafka/libs" || return 1
  while read -r name log4j class; do
    [[ $name == '#' ]] && continue
    cat >"$kafka/bin/$name.sh" <<SCRIPT
#!/usr/bin/env bash
: "\${KAFKA_LOG4J_OPTS=-Dlog4j2.configurationFile=/opt/kafka/config/$log4j.xml}"
export KAFKA_LOG4J_OPTS
exec /opt/kafka/bin/kafka-run-class.sh $class "\$@"
SCRIPT
    chmod +x "$kafka/bin/$name.sh"
  done <"$KAFKA_IMAGE_SOURCE/commands"
  chown -R 1000:1000 "$kafka" "$root/etc/kafka" "$root/var/lib/kafka" "$root/mnt/shared"
}

# pack_archive FILE IMAGE LAYER...: a docker archive is a tar of the layers, a configuration and a list of both.
pack_archive() {
  local file=$1 image=$2 work layer diff_ids=() names=()
  shift 2
  work=$(mktemp -d "$KAFKA_IMAGE_CACHE/pack.XXXXXX")
  for layer in "$@"; do
    diff_ids+=("sha256:$(sha256sum "$layer" | cut -d ' ' -f 1)")
    names+=("$(basename "$layer")")
    ln "$layer" "$work/"
  done
  jq -n --arg arch "$(dpkg --print-architecture)" --arg now "$(date -u +%FT%TZ)" \
    '{architecture: $arch, os: "linux", created: $now,
      config: {User: "appuser", WorkingDir: "/", Cmd: ["/etc/kafka/docker/run"], ExposedPorts: {"9092/tcp": {}},
               Env: ["PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "JAVA_HOME=/opt/java/openjdk"],
               Volumes: {"/etc/kafka/secrets": {}, "/var/lib/kafka/data": {}, "/mnt/shared/config": {}},
               Labels: {"org.opencontainers.image.description": "Local stand-in for apache/kafka, for tests"}},
      rootfs: {type: "layers", diff_ids: $ARGS.positional}}' --args "${diff_ids[@]}" >"$work/config.json"
  jq -n --arg image "$image" '[{Config: "config.json", RepoTags: [$image], Layers: $ARGS.positional}]' \
    --args "${names[@]}" >"$work/manifest.json"
  tar -C "$work" -cf "$file.part" manifest.json config.json "${names[@]}"
  mv "$file.part" "$file"
  rm -rf "$work"
}
