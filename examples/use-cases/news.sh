#!/bin/sh
# Publishes headlines, one of them as an event of the type "breaking".
topic=${COURANT:-http://localhost:8080}/sse/examples/news

curl -sS "$topic" -d 'The ferry is running again'
curl -sS "$topic" -d 'Market day moves to Friday'
curl -sS "$topic?type=breaking" -d 'Storm warning for the coast'
