// Asks a question, and shows the answer whose id is in the address of the page.
const element = id => document.getElementById(id);
let stream;

function showAnswer() {
  const address = new URLSearchParams(location.hash.slice(1));
  stream?.close();
  element('question').textContent = address.get('question');
  element('answer').textContent = '';
  element('state').textContent = '';
  if (!address.has('id')) return;

  let complete = false;
  stream = new EventSource(`answers/${address.get('id')}`);
  stream.onopen = () => element('state').textContent = 'Answering';
  stream.onmessage = event => {
    const chunk = JSON.parse(event.data);
    if (chunk.type === 'text-delta') element('answer').append(chunk.delta);
  };
  stream.addEventListener('gap', () => element('answer').append(' … '));
  // After the end of the topic, Courant answers the next request with 204, which stops the EventSource.
  stream.addEventListener('end', () => {
    complete = true;
    element('state').textContent = 'Complete';
  });
  stream.onerror = () => {
    if (complete) return;
    const stopped = stream.readyState === EventSource.CLOSED;
    element('state').textContent = stopped ? 'There is no such answer.' : 'Connection lost, reconnecting';
  };
}

async function ask(event) {
  event.preventDefault();
  const id = crypto.getRandomValues(new BigUint64Array(1))[0].toString(36);
  const question = element('ask').value;
  // The response redirects to the stream of the answer, which the EventSource opens.
  await fetch(`answers/${id}`, {method: 'POST', body: question, redirect: 'manual'});
  location.hash = new URLSearchParams({id, question});
}

document.forms[0].addEventListener('submit', ask);
addEventListener('hashchange', showAnswer);
showAnswer();
