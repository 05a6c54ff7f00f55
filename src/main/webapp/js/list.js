// What arrived, newest first and bounded. Whatever came over the wire is shown as text, never as markup.

import { preciseTimeOfDay } from './time.js';

const LIMIT = 200;
const LONGEST_TEXT = 300;

function clipped(text) {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}

function cell(text, kind) {
  const element = document.createElement('td');
  element.className = kind;
  element.textContent = text;
  return element;
}

/** An event's type stands before its data. */
function label(type) {
  const element = document.createElement('span');
  element.className = 'type';
  element.textContent = clipped(type);
  return element;
}

function row({ kind, time, text, id, type }) {
  const element = document.createElement('tr');
  element.className = kind;
  element.append(cell(preciseTimeOfDay(time), 'time'), cell(clipped(text), 'text'));
  if (type) element.lastChild.prepend(label(type), ' ');
  if (kind === 'note') element.lastChild.colSpan = 2;
  else element.append(cell(clipped(id), 'id'));
  return element;
}

export class EntryList {
  #body;
  #limit;
  #waiting = [];

  /** @param body the `tbody` to fill */
  constructor(body, limit = LIMIT) {
    this.#body = body;
    this.#limit = limit;
  }

  /** Keeps an entry for the next `show()`: `{kind: 'number' | 'raw' | 'note', time, text, id, type?}`. */
  add(entry) {
    this.#waiting.push(entry);
    if (this.#waiting.length > this.#limit) this.#waiting.shift();
  }

  clear() {
    this.#waiting = [];
    this.#body.replaceChildren();
  }

  show() {
    if (this.#waiting.length === 0) return;
    this.#body.prepend(...this.#waiting.reverse().map(row));
    this.#waiting = [];
    while (this.#body.rows.length > this.#limit) this.#body.lastElementChild.remove();
  }
}
