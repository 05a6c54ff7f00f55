// Each event has all figures, so the newest one alone fills the dashboard.
const figures = document.getElementById('figures');

function show(name, value) {
  const id = `figure-${name}`;
  if (!document.getElementById(id)) {
    const term = document.createElement('dt');
    term.textContent = name;
    const figure = document.createElement('dd');
    figure.id = id;
    const pair = document.createElement('div');
    pair.append(term, figure);
    figures.append(pair);
  }
  document.getElementById(id).textContent = value;
}

new EventSource('/sse/examples/dashboard?last=1').onmessage = event => {
  for (const [name, value] of Object.entries(JSON.parse(event.data))) show(name, value);
};
