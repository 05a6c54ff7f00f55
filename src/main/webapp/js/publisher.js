// The publish box. It can be used without a token, too: the server decides, and what it answers is shown.

import { say } from './figures.js';
import { publish } from './publish.js';

const SAID_MS = 10_000;

const element = (id) => document.getElementById(id);

export class Publisher {
  #form = element('publish-form');
  #token;
  #world;
  #suggested = '';
  #sent = '';
  #sending = false;
  #timer = null;

  /** The world has `publishing(type)`, called before an event of that type is sent, `shows(topic)` and `show(topic)`. */
  constructor(token, world) {
    this.#token = token;
    this.#world = world;
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#send();
    });
    this.#form.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault(); // in a one-line field, Enter alone would send it once more
      this.#form.requestSubmit();
    });
    element('write').addEventListener('click', () => this.#open());
    element('forget').addEventListener('click', () => this.#forget());
    element('show-it').addEventListener('click', () => this.#show());
    this.showToken();
  }

  /** Says whether there is a token; what is being written stays. */
  showToken() {
    const has = this.#token.value !== '';
    element('without-token').hidden = has;
    element('with-token').hidden = element('forget').hidden = !has;
    if (has) this.#form.hidden = false;
    element('write').hidden = !this.#form.hidden;
  }

  /** The topic on screen is the likeliest one, unless another was written there. */
  suggest(topic) {
    const field = this.#form.elements.topic;
    if (field.value === this.#suggested) field.value = topic;
    this.#suggested = topic;
    element('show-it').hidden = true;
  }

  #open() {
    this.#form.hidden = false;
    this.showToken();
    this.#form.elements.data.focus();
  }

  #forget() {
    this.#form.hidden = true;
    this.#token.forget();
    this.#say('', 'The token is forgotten.');
    element('write').focus();
  }

  #show() {
    this.#world.show(this.#sent);
    this.#form.elements.data.focus();
  }

  async #send() {
    if (this.#sending) return;
    const { topic, data, type, private: isPrivate } = this.#form.elements;
    const event = { topic: topic.value, data: data.value, type: type.value, private: isPrivate.checked };
    const token = this.#token.value;
    this.#busy(true);
    this.#say('', 'Sending');
    this.#world.publishing(event.type);
    const outcome = await publish(event, token);
    this.#busy(false);
    if (outcome.ok) this.#published(event, outcome.text);
    else this.#refused(outcome, token);
  }

  #published(event, id) {
    const { data } = this.#form.elements;
    // What was typed while the event was on its way is another one.
    if (data.value === event.data) data.value = '';
    this.#sent = event.topic;
    this.#say('good', `Published as ${id}`);
    element('show-it').hidden = this.#world.shows(event.topic) || event.private;
    this.#timer = setTimeout(() => this.#say('', ''), SAID_MS);
  }

  #refused({ status, text }, token) {
    const useless = status === 401 && token !== '' && token === this.#token.value;
    if (useless) this.#token.forget();
    this.#say('bad', useless ? `${text} The token is forgotten.` : text);
  }

  #busy(sending) {
    this.#sending = sending;
    const button = element('send');
    const focused = document.activeElement === button;
    button.disabled = sending;
    if (focused) this.#form.elements.data.focus(); // a disabled button cannot hold it
  }

  #say(tone, text) {
    clearTimeout(this.#timer);
    element('show-it').hidden = true;
    element('outcome').dataset.tone = tone;
    say('outcome', text);
  }
}
