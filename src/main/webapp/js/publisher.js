// The publish form. It also works without a token: the server decides, and the page shows its response.

import { setText } from './figures.js';
import { publish } from './publish.js';

const MESSAGE_MS = 10_000;

const element = (id) => document.getElementById(id);

export class Publisher {
  #form = element('publish-form');
  #token;
  #page;
  #suggested = '';
  #sent = '';
  #sending = false;
  #timer = null;

  /** @param page has `listenTo(type)`, called before an event of that type is sent, `isShown(topic)` and `show(topic)` */
  constructor(token, page) {
    this.#token = token;
    this.#page = page;
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#send();
    });
    this.#form.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault(); // otherwise Enter in an input field would send it twice
      this.#form.requestSubmit();
    });
    element('write').addEventListener('click', () => this.#open());
    element('forget').addEventListener('click', () => this.#removeToken());
    element('show-it').addEventListener('click', () => this.#show());
    this.showToken();
  }

  /** Shows whether there is a token. The content of the form does not change. */
  showToken() {
    const has = this.#token.value !== '';
    element('without-token').hidden = has;
    element('with-token').hidden = element('forget').hidden = !has;
    if (has) this.#form.hidden = false;
    element('write').hidden = !this.#form.hidden;
  }

  /** Fills in the shown topic, unless the user has entered another one. */
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

  #removeToken() {
    this.#form.hidden = true;
    this.#token.remove();
    this.#showOutcome('', 'The token was removed.');
    element('write').focus();
  }

  #show() {
    this.#page.show(this.#sent);
    this.#form.elements.data.focus();
  }

  async #send() {
    if (this.#sending) return;
    const { topic, data, type, private: isPrivate } = this.#form.elements;
    const event = { topic: topic.value, data: data.value, type: type.value, private: isPrivate.checked };
    const token = this.#token.value;
    this.#setSending(true);
    this.#showOutcome('', 'Sending');
    this.#page.listenTo(event.type);
    const outcome = await publish(event, token);
    this.#setSending(false);
    if (outcome.ok) this.#published(event, outcome.text);
    else this.#refused(outcome, token);
  }

  #published(event, id) {
    const { data } = this.#form.elements;
    // Text that was entered while the event was sent belongs to the next event.
    if (data.value === event.data) data.value = '';
    this.#sent = event.topic;
    this.#showOutcome('good', `Published as ${id}`);
    element('show-it').hidden = this.#page.isShown(event.topic) || event.private;
    this.#timer = setTimeout(() => this.#showOutcome('', ''), MESSAGE_MS);
  }

  #refused({ status, text }, token) {
    const rejected = status === 401 && token !== '' && token === this.#token.value;
    if (rejected) this.#token.remove();
    this.#showOutcome('bad', rejected ? `${text} The token was removed.` : text);
  }

  #setSending(sending) {
    this.#sending = sending;
    const button = element('send');
    const focused = document.activeElement === button;
    button.disabled = sending;
    if (focused) this.#form.elements.data.focus(); // a disabled button loses it
  }

  #showOutcome(tone, text) {
    clearTimeout(this.#timer);
    element('show-it').hidden = true;
    element('outcome').dataset.tone = tone;
    setText('outcome', text);
  }
}
