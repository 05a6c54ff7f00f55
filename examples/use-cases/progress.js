// Shows the latest step of a job, which ends with its topic.
const job = new URLSearchParams(location.search).get('job');
const bar = document.getElementById('bar');
const step = document.getElementById('step');

const stream = new EventSource(`/sse/examples/jobs/${encodeURIComponent(job)}?last=1`);
stream.addEventListener('message', show);
// The last event. Courant answers a later request with 204, so the browser does not reconnect.
stream.addEventListener('end', show);

function show(event) {
  const {percent, text} = JSON.parse(event.data);
  bar.value = percent;
  step.textContent = text;
}
