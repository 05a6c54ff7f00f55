// Shows the newest ten headlines, then each new one at the top.
const news = document.getElementById('news');

function addHeadline(event) {
  const item = document.createElement('li');
  item.className = event.type;
  item.textContent = event.data;
  news.prepend(item);
}

const stream = new EventSource('/sse/examples/news?last=10');
stream.addEventListener('message', addHeadline);
stream.addEventListener('breaking', addHeadline);
