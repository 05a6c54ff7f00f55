// The form that says which topics are on screen and changes them.

import { distinct, pageOf, same, topicsIn } from './topics.js';

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
  #chosen;
  topics = topicsIn(location.search);

  /** @param chosen is called whenever `topics` has changed, be it by the form or by going back or forward */
  constructor(chosen) {
    this.#chosen = chosen;
    element('choose').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#take((topic) => [topic]);
    });
    element('add').addEventListener('click', () => this.#take((topic) => [...this.topics, topic]));
    element('numbers').addEventListener('click', () => this.#leaveFor([]));
    addEventListener('popstate', () => this.#become(topicsIn(location.search)));
    this.#render();
  }

  /** An entry in the history for each choice that changes something. */
  choose(topics) {
    if (same(topics, this.topics)) return;
    history.pushState(null, '', pageOf(topics));
    this.#become(topics);
  }

  #take(merge) {
    this.#field.value = this.#field.value.trim();
    if (!element('choose').reportValidity()) return;
    this.choose(distinct(merge(this.#field.value)));
    this.#field.value = '';
  }

  /** By a button that goes with what it removes: the keyboard's focus must not go with it. */
  #leaveFor(topics) {
    this.choose(topics);
    this.#field.focus();
  }

  #become(topics) {
    if (same(topics, this.topics)) return;
    this.topics = topics;
    this.#render();
    this.#chosen();
  }

  #render() {
    const { topics } = this;
    element('numbers').hidden = element('add').hidden = topics.length === 0;
    const chips = topics.map((topic) => chip(topic, () => this.#leaveFor(topics.filter((other) => other !== topic))));
    const numbers = document.createElement('li');
    numbers.textContent = 'the numbers';
    element('shown').replaceChildren(...(chips.length === 0 ? [numbers] : chips));
  }
}
