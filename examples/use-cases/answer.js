// Shows an answer from its beginning, also after a reload or on another device.
const id = new URLSearchParams(location.search).get('id');
const answer = document.getElementById('answer');
const state = document.getElementById('state');

const stream = new EventSource(`/sse/examples/answers/${encodeURIComponent(id)}?lastEventId=earliest`);
stream.onopen = () => state.textContent = 'Answering';
stream.onmessage = event => answer.append(event.data);
// Courant answers a later request with 204, so the browser does not reconnect.
stream.addEventListener('end', event => state.textContent = event.data);
