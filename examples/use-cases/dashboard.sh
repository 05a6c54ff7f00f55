#!/bin/sh
# Publishes figures of this computer once a second. All of them are lines of one request.
measure() {
  while :; do
    free=$(df -h / | awk 'NR == 2 {print $4}')
    echo "{\"time\":\"$(date +%T)\",\"free\":\"$free\",\"temporary files\":$(ls /tmp | wc -l)}"
    sleep 1
  done
}

measure | curl -sS -T - -X POST -H 'Content-Type: application/x-ndjson' \
  "${COURANT:-http://localhost:8080}/sse/examples/dashboard"
