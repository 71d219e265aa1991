# build.sh - build the connector, and a command of ours that runs it. Source it after common.sh and java.sh.
# Usage: build_command NAME SOURCE...
#
# Afterwards the plugin is in target/plugin, the command's classes are in target/NAME, and target/NAME.classpath holds
# what else it needs: Kafka and Connect, but not the connector, which a worker finds as a plugin, as it would anywhere.
# Does nothing when the sources haven't changed.

build_command() {
  local class_path=target/$1.classpath
  command_is_built "$class_path" && return 0
  mkdir -p target
  (
    # One builder at a time: the second one finds the first one's work.
    exec 9>target/build.lock
    flock 9
    command_is_built "$class_path" || build_classes "$@"
  )
}

build_classes() {
  local name=$1 classes=target/$1 class_path=target/$1.classpath sources
  shift
  say "building the connector (a minute or two the first time, as Maven fetches Kafka)"
  # Test classes of an earlier build would be run without skipUTs.
  mvn -B -q -ntp -Dmaven.test.skip=true -DskipUTs=true -Dspotless.check.skip=true package \
    dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile="$class_path.new" </dev/null >&2 ||
    die "the build failed"
  # Only what runs here is compiled, and what that names: the tests would take twice as long as all the rest.
  mapfile -t sources < <(find "$@" -name '*.java')
  rm -rf "$classes"
  "$JAVA_HOME/bin/javac" --release 17 -encoding UTF-8 -proc:none -nowarn -implicit:class -d "$classes" \
    -sourcepath src/main/java:src/testkit/java:src/trail/java:src/examples/java:src/test/java \
    -cp "$(<"$class_path.new")" "${sources[@]}" || die "the build of $name failed"
  # Kafka's own test jars bring dozens of odd connectors along.
  tr ':' '\n' <"$class_path.new" | grep -v -- '-test\.jar$' | paste -sd ':' >"$class_path"
  rm "$class_path.new"
}

# What chaos, rotation, fleet, soak and the benchmarks with a worker share: one build of one list of sources.
build_harness() {
  local tests=src/test/java/io/github/sealwatcher
  build_command harness src/testkit/java src/trail/java src/examples/java src/main/java/io/github/sealwatcher/model \
    "$tests"/{chaos,fleet,soak,bench/endtoend} "$tests"/bench/{ServedHistory,Workload}.java
}

# run_harness CLASS ARGUMENT... - runs in the place of this shell, so that Ctrl-C and SIGTERM arrive. Broker and worker get
# the same class path.
run_harness() {
  exec "$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -Xmx512m \
    -Dlog4j2.configurationFile=log4j2-chaos.xml -Dchaos.level=error \
    -cp "target/harness:src/test/resources:$(<target/harness.classpath)" "$@"
}

# The class path is written last, so it tells whether, and of which sources, a build came to its end.
command_is_built() {
  local class_path=$1 entry
  [[ -s $class_path && -d target/plugin/kafka-connect-podman ]] || return 1
  # Maven's repository can have been emptied, or the checkout moved, since.
  while read -r entry; do
    [[ -e $entry ]] || return 1
  done < <(tr ':' '\n' <"$class_path")
  [[ -z $(find pom.xml src -newer "$class_path" -print -quit) ]]
}

# The trail reader, with all that it needs but a Java.
TRAIL_JAR=$PROJECT_DIR/target/podman-trail.jar

trail_is_built() {
  [[ -s $TRAIL_JAR ]] || return 1
  [[ -z $(find "$PROJECT_DIR"/{pom.xml,src/trail,src/assembly/trail.xml,src/main/java/io/github/sealwatcher/model} \
    -newer "$TRAIL_JAR" -print -quit) ]]
}

build_trail() {
  say "building the trail reader (a minute or two the first time, as Maven fetches Kafka)"
  mvn -B -q -ntp -Dmaven.test.skip=true -DskipUTs=true -Dspotless.check.skip=true package </dev/null >&2 ||
    die "the build failed"
}
