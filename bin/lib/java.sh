# java.sh - find a JDK that is new enough, and Maven. Source it after common.sh.
# Usage: need_jdk_and_maven      sets and exports JAVA_HOME

need_jdk_and_maven() {
  local found version
  if [[ -z ${JAVA_HOME:-} ]]; then
    found=$(command -v javac) || die "no JDK found: install openjdk-17-jdk-headless (or newer), or set JAVA_HOME"
    JAVA_HOME=$(dirname "$(dirname "$(readlink -f "$found")")")
  fi
  export JAVA_HOME
  [[ -x $JAVA_HOME/bin/javac ]] || die "JAVA_HOME=$JAVA_HOME is no JDK: there is no bin/javac in it"
  version=$("$JAVA_HOME/bin/javac" -version 2>&1 | sed -nE 's/^javac ([0-9]+).*/\1/p')
  ((version >= 17)) || die "JDK 17 or newer is needed, but $JAVA_HOME is JDK $version"
  command -v mvn >/dev/null || die "no Maven found: install the package maven (3.8 or newer)"
}
