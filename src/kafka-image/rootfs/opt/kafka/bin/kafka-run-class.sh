#!/usr/bin/env bash
# kafka-run-class.sh - run a class of Kafka's, with the environment variables its own script of this name knows.
# Usage: kafka-run-class.sh CLASS [ARGUMENT...]
set -euo pipefail

# A stand-in for tests: quick to start rather than quick after an hour.
: "${KAFKA_HEAP_OPTS=-Xmx512m}"
: "${KAFKA_JVM_PERFORMANCE_OPTS=-XX:+UseSerialGC -XX:TieredStopAtLevel=1}"
: "${KAFKA_LOG4J_OPTS=-Dlog4j2.configurationFile=/opt/kafka/config/tools-log4j2.xml}"

# shellcheck disable=SC2086 # each of them may hold several options
exec "${JAVA_HOME:-/opt/java/openjdk}/bin/java" $KAFKA_HEAP_OPTS $KAFKA_JVM_PERFORMANCE_OPTS $KAFKA_LOG4J_OPTS \
  ${KAFKA_JMX_OPTS:-} ${KAFKA_OPTS:-} -cp "/opt/kafka/libs/*${CLASSPATH:+:$CLASSPATH}" "$@"
