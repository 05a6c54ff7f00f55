// Shows the newest 50 messages, then each new one. The form publishes to the same topic.
const topic = '/sse/examples/chat';
const form = document.forms[0];

new EventSource(`${topic}?last=50`).onmessage = event => {
  const {name, text} = JSON.parse(event.data);
  const item = document.createElement('li');
  item.textContent = `${name}: ${text}`;
  document.getElementById('messages').append(item);
  item.scrollIntoView();
};

form.addEventListener('submit', async event => {
  event.preventDefault();
  const body = JSON.stringify(Object.fromEntries(new FormData(form)));
  const response = await fetch(topic, {method: 'POST', body});
  if (response.ok) form.elements.text.value = '';
});
