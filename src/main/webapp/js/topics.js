// Which topics are on screen. The choice stands in the address of the page, so that it can be linked, reloaded and
// gone back to; none is the numbers.

/** As the server takes them; a slash may stand in a query as it is, and reads better there. */
const encoded = (topics) => topics.map((topic) => `topic=${encodeURIComponent(topic).replaceAll('%2F', '/')}`).join('&');

const withTopics = (path, topics) => (topics.length === 0 ? path : `${path}?${encoded(topics)}`);

/** @returns {string[]} each once, in the order of the address */
export const topicsIn = (search) => distinct(new URLSearchParams(search).getAll('topic'));

export const distinct = (topics) => [...new Set(topics.filter((topic) => topic !== ''))];

export const same = (some, others) => encoded(some) === encoded(others);

/** Relative to the page, which is at the context root. */
export const pageOf = (topics) => withTopics('./', topics);

export const streamOf = (topics, base) => new URL(withTopics('sse', topics), base).href;
