// The token that allows to publish. It comes in the fragment of the publisher link, which no server is sent and no
// log keeps, and is kept for this tab only. It is never shown, and never part of an address again.

/** A signed token in its compact form (RFC 7515); nothing else could be sent in a header for sure. */
const IN_FRAGMENT = /^#(?:.*&)?token=([\w-]+\.[\w-]+\.[\w-]+)$/;

/** Other applications on the same host share the storage. */
const key = () => `token of ${new URL('.', location.href).pathname}`;

export class Token {
  #changed;
  value = '';

  /** @param changed is called when a token has come or gone later on */
  constructor(changed) {
    this.#changed = changed;
    this.value = taken() || stored();
    store(this.value);
    // The link pasted into a tab in which the page is open already: no load, only this.
    addEventListener('hashchange', () => this.#become(taken() || this.value));
  }

  forget() {
    this.#become('');
  }

  #become(value) {
    this.value = value;
    store(value);
    this.#changed();
  }
}

/** Whatever is called a token leaves the address, be it one or not. */
function taken() {
  if (!/[#&]token=/.test(location.hash)) return '';
  const [, value = ''] = IN_FRAGMENT.exec(location.hash) ?? [];
  history.replaceState(history.state, '', location.pathname + location.search);
  return value;
}

/** A browser may forbid the storage; then memory has to do. */
function stored() {
  try {
    return sessionStorage.getItem(key()) ?? '';
  } catch {
    return '';
  }
}

function store(value) {
  try {
    if (value) sessionStorage.setItem(key(), value);
    else sessionStorage.removeItem(key());
  } catch {
    // Memory has it.
  }
}
