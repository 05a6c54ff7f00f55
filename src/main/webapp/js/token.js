// The access token of the publisher. It is taken from the fragment of the publisher link, which browsers send to no server
// and which appears in no log. It is stored for this tab only, never shown, and removed from the address.

/** A signed token in compact form (RFC 7515). Other text may contain characters that a header cannot contain. */
const IN_FRAGMENT = /^#(?:.*&)?token=([\w-]+\.[\w-]+\.[\w-]+)$/;

/** Returns a key for this application: others on the same host share the storage. */
const storageKey = () => `token of ${new URL('.', location.href).pathname}`;

export class Token {
  #onChange;
  value = '';

  /** @param onChange is called after the token has changed */
  constructor(onChange) {
    this.#onChange = onChange;
    this.value = takeFromAddress() || readStored();
    store(this.value);
    // A link that is pasted into a tab with the open page does not load the page again.
    addEventListener('hashchange', () => this.#set(takeFromAddress() || this.value));
  }

  remove() {
    this.#set('');
  }

  #set(value) {
    this.value = value;
    store(value);
    this.#onChange();
  }
}

/** Returns the token in the address, and removes it. A malformed token is removed, too. */
function takeFromAddress() {
  if (!/[#&]token=/.test(location.hash)) return '';
  const [, value = ''] = IN_FRAGMENT.exec(location.hash) ?? [];
  history.replaceState(history.state, '', location.pathname + location.search);
  return value;
}

/** Returns the stored token. A browser may deny access to the storage; then the token exists in memory only. */
function readStored() {
  try {
    return sessionStorage.getItem(storageKey()) ?? '';
  } catch {
    return '';
  }
}

function store(value) {
  try {
    if (value) sessionStorage.setItem(storageKey(), value);
    else sessionStorage.removeItem(storageKey());
  } catch {
    // The token exists in memory only.
  }
}
