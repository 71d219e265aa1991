# compatibility.sh - keep and show what was tested on what. Source it after common.sh, and after java.sh and
# podman-matrix.sh to record.
# Usage: record_verified SUITE...      what a whole, successful bin/verify ran, from its reports to target/compatibility
#        take_results                  the newest results from target/compatibility to docs/compatibility
#        render_compatibility          prints the tables of docs/compatibility as Markdown
#        java_feature HOME             the feature version of a JDK
# All expect to be in PROJECT_DIR.

NEW_RESULTS=target/compatibility
KEPT_RESULTS=docs/compatibility

# A row for each Podman: the reports of those other than the machine's have their suite's name at the end of theirs.
record_verified() {
  local suite version others=() file=$NEW_RESULTS/verify.tsv
  mkdir -p "$NEW_RESULTS"
  printf 'podman\tjava\tpassed\tskipped\tdate\n' >"$file"
  for suite in "$@"; do
    others+=(! -name "TEST-*-$suite.xml")
    version=$(podman_of_suite "${suite%-journald}")
    [[ $suite != *-journald ]] || version+=', events in a journal'
    verified_row "$version" -name "TEST-*-$suite.xml" >>"$file"
  done
  verified_row "$(podman version --format '{{.Client.Version}}' 2>/dev/null)" -name 'TEST-*.xml' "${others[@]}" >>"$file"
}

# A row of the reports that find finds by its tests.
# verified_row PODMAN_VERSION FIND_TEST...: nothing when no such report is there.
verified_row() {
  local podman=$1
  shift
  find target/surefire-reports target/failsafe-reports "$@" -exec grep -hm1 '<testsuite ' {} + 2>/dev/null |
    awk -v podman="$podman" -v java="$(java_feature "$JAVA_HOME")" -v date="$(date -u +%F)" '
      function value(name) { return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3) + 0 : 0 }
      { skipped += value("skipped"); passed += value("tests") - value("skipped") - value("failures") - value("errors") }
      END { if (passed > 0) printf "%s\t%s\t%d\t%d\t%s\n", podman, java, passed, skipped, date }'
}

# java_feature HOME: 17, 21 and so on.
java_feature() { sed -nE 's/^JAVA_VERSION="([0-9]+).*/\1/p' "$1/release"; }

# Upstream's part of the Debian version.
# shellcheck disable=SC2016 # for dpkg-query
podman_of_suite() {
  chroot "${MATRIX_DIR:-$CACHE_DIR/podman-matrix}/$(matrix_suite "$1")" dpkg-query --show --showformat '${Version}' podman |
    sed -E 's/^[0-9]+://; s/[-+~].*//'
}

take_results() {
  mkdir -p "$KEPT_RESULTS"
  merge_results workers.tsv 3
  merge_results verify.tsv 2
}

# merge_results FILE KEY_COLUMNS: a new row takes the place of the one with the same first columns.
merge_results() {
  local new=$NEW_RESULTS/$1 kept=$KEPT_RESULTS/$1 files=()
  [[ -s $new ]] || return 0
  [[ ! -s $kept ]] || files=("$kept")
  {
    head -n 1 "$new"
    awk -F '\t' -v columns="$2" '
      FNR == 1 { next }
      { key = ""; for (i = 1; i <= columns; i++) key = key FS $i; rows[key] = $0 }
      END { for (key in rows) print rows[key] }' "${files[@]}" "$new" | sort -V
  } >"$kept.new"
  mv "$kept.new" "$kept"
}

# shellcheck disable=SC2016 # the backticks are Markdown's
render_compatibility() {
  if [[ -s $KEPT_RESULTS/workers.tsv ]]; then
    printf '\nThe same plugin on Connect workers, exactly once, each with a broker of its own version (`bin/worker-matrix`):\n\n'
    printf '| Kafka | Java | Podman | steps passed | seconds | on |\n|---|---|---|---|---|---|\n'
    awk -F '\t' 'NR > 1 { printf "| %s | %s | %s | %s of %s | %s | %s |\n", $1, $2, $3, $4, $5, $6, $7 }' \
      "$KEPT_RESULTS/workers.tsv"
  fi
  if [[ -s $KEPT_RESULTS/verify.tsv ]]; then
    printf '\nThe tests of this project, or of them those that depend on the version of Podman (`bin/verify`):\n\n'
    printf '| Podman | Java | tests passed | skipped | on |\n|---|---|---|---|---|\n'
    awk -F '\t' 'NR > 1 { printf "| %s | %s | %s | %s | %s |\n", $1, $2, $3, $4, $5 }' "$KEPT_RESULTS/verify.tsv"
  fi
  printf '\n'
}
