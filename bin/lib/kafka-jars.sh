# kafka-jars.sh - the jars of any version of Kafka, from Maven Central. Source it after common.sh and java.sh.
# Usage: kafka_jars VERSION      prints the directory with a broker's and a Connect worker's jars, filling it first if need be

kafka_jars() {
  local version=$1 pom=$PROJECT_DIR/src/workers/pom.xml directory profile=()
  directory=$CACHE_DIR/kafka/$version-$(sha256sum <"$pom" | cut -c 1-12)
  if [[ ! -d $directory ]]; then
    say "fetching the jars of Kafka $version, once"
    mkdir -p "$CACHE_DIR/kafka"
    ((${version%%.*} < 4)) || profile=(-Plog4j2)
    # The plug-in in its full name, so that no super-POM's older one is taken; its version is the POM's.
    quietly "$directory.log" mvn -B -ntp -f "$pom" -Dkafka.version="$version" "${profile[@]}" \
      org.apache.maven.plugins:maven-dependency-plugin:copy-dependencies -DoutputDirectory="$directory.$$" ||
      die "Kafka $version can't be had from Maven Central; is there such a version?"
    # Whole or not at all; another run may have been faster.
    mv -T "$directory.$$" "$directory" 2>/dev/null || rm -rf "$directory.$$"
  fi
  printf '%s\n' "$directory"
}
