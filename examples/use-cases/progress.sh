#!/bin/sh
# Runs a job whose steps are lines of one request, and ends its topic with the last step.
courant=${COURANT:-http://localhost:8080}
job=$(date +%s)
topic=$courant/sse/examples/jobs/$job
echo "Open $courant/use-cases/progress.html?job=$job"

work() {
  for percent in 0 10 20 30 40 50 60 70 80 90; do
    echo "{\"percent\":$percent,\"text\":\"Packing file $((percent / 10 + 1)) of 10\"}"
    sleep 1
  done
}

work | curl -sS -T - -X POST -H 'Content-Type: application/x-ndjson' "$topic"
curl -sS "$topic?end" -d '{"percent":100,"text":"All 10 files are packed"}'
