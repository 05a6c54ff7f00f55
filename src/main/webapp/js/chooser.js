// The form that shows the topics of the page and changes them.

import { areEqual, distinct, pageAddress, parseTopics } from './topics.js';

const element = (id) => document.getElementById(id);

function chip(topic, remove) {
  const item = document.createElement('li');
  const name = document.createElement('span');
  name.textContent = topic;
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = '×';
  button.ariaLabel = `Stop showing ${topic}`;
  button.addEventListener('click', remove);
  item.append(name, button);
  return item;
}

export class Chooser {
  #field = element('topic');
  #onChange;
  topics = parseTopics(location.search);

  /** @param onChange is called after `topics` has changed, by the form or by the history of the browser */
  constructor(onChange) {
    this.#onChange = onChange;
    element('choose').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit((topic) => [topic]);
    });
    element('add').addEventListener('click', () => this.#submit((topic) => [...this.topics, topic]));
    element('numbers').addEventListener('click', () => this.#chooseAndFocus([]));
    addEventListener('popstate', () => this.#setTopics(parseTopics(location.search)));
    this.#render();
  }

  /** Shows these topics. A change adds an entry to the history of the browser. */
  choose(topics) {
    if (areEqual(topics, this.topics)) return;
    history.pushState(null, '', pageAddress(topics));
    this.#setTopics(topics);
  }

  #submit(merge) {
    this.#field.value = this.#field.value.trim();
    if (!element('choose').reportValidity()) return;
    this.choose(distinct(merge(this.#field.value)));
    this.#field.value = '';
  }

  /** Shows these topics and moves the focus, because the button that had it disappears. */
  #chooseAndFocus(topics) {
    this.choose(topics);
    this.#field.focus();
  }

  #setTopics(topics) {
    if (areEqual(topics, this.topics)) return;
    this.topics = topics;
    this.#render();
    this.#onChange();
  }

  #render() {
    const { topics } = this;
    element('numbers').hidden = element('add').hidden = topics.length === 0;
    const chips = topics.map((topic) => chip(topic, () => this.#chooseAndFocus(topics.filter((other) => other !== topic))));
    const numbers = document.createElement('li');
    numbers.textContent = 'random numbers';
    element('shown').replaceChildren(...(chips.length === 0 ? [numbers] : chips));
  }
}
