#!/bin/sh
# Publishes an answer word by word, as a language model writes it, and ends its topic.
courant=${COURANT:-http://localhost:8080}
id=$(date +%s)
topic=$courant/sse/examples/answers/$id
echo "Open $courant/use-cases/answer.html?id=$id"

tokens() {
  for word in Every word is an event with an id. A reader that was cut off continues after the last one it has.; do
    printf 'data: %s \n\n' "$word"
    sleep 0.2
  done
}

tokens | curl -sS -T - -X POST -H 'Content-Type: text/event-stream' -H "Idempotency-Key: $id" "$topic"
curl -sS "$topic?end" -d Complete
