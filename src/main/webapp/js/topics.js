// The topics that the page shows. They are in the query of its address, so that links, reloads and the history work.
// Without a topic the page shows the random numbers.

/** Encodes topics as a query. A slash is allowed there, and is easier to read unencoded. */
const encode = (topics) => topics.map((topic) => `topic=${encodeURIComponent(topic).replaceAll('%2F', '/')}`).join('&');

const withTopics = (path, topics) => (topics.length === 0 ? path : `${path}?${encode(topics)}`);

/** @returns {string[]} the topics without duplicates, in the order of the address */
export const parseTopics = (search) => distinct(new URLSearchParams(search).getAll('topic'));

export const distinct = (topics) => [...new Set(topics.filter((topic) => topic !== ''))];

export const areEqual = (some, others) => encode(some) === encode(others);

/** Returns the address relative to the page, which is at the context root. */
export const pageAddress = (topics) => withTopics('./', topics);

export const streamAddress = (topics, base) => new URL(withTopics('sse', topics), base).href;
