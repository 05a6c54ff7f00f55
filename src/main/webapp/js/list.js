// The list of received events, newest first, with a maximum length. Data is shown as text, never as markup.

import { preciseTimeOfDay } from './time.js';

const MAX_ENTRIES = 200;
const MAX_TEXT = 300;

function clip(text) {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}

function cell(text, kind) {
  const element = document.createElement('td');
  element.className = kind;
  element.textContent = text;
  return element;
}

/** Returns the label with the type of an event, which precedes its data. */
function label(type) {
  const element = document.createElement('span');
  element.className = 'type';
  element.textContent = clip(type);
  return element;
}

function row({ kind, time, text, id, type }) {
  const element = document.createElement('tr');
  element.className = kind;
  element.append(cell(preciseTimeOfDay(time), 'time'), cell(clip(text), 'text'));
  if (type) element.lastChild.prepend(label(type), ' ');
  if (kind === 'note') element.lastChild.colSpan = 2;
  else element.append(cell(clip(id), 'id'));
  return element;
}

export class EntryList {
  #body;
  #limit;
  #pending = [];

  /** @param body the `tbody` to fill */
  constructor(body, limit = MAX_ENTRIES) {
    this.#body = body;
    this.#limit = limit;
  }

  /** Keeps an entry for the next `show()`: `{kind: 'number' | 'raw' | 'note', time, text, id, type?}`. */
  add(entry) {
    this.#pending.push(entry);
    if (this.#pending.length > this.#limit) this.#pending.shift();
  }

  clear() {
    this.#pending = [];
    this.#body.replaceChildren();
  }

  show() {
    if (this.#pending.length === 0) return;
    this.#body.prepend(...this.#pending.reverse().map(row));
    this.#pending = [];
    while (this.#body.rows.length > this.#limit) this.#body.lastElementChild.remove();
  }
}
