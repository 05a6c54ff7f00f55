// The command line that shows the same stream in a terminal, and its copy button.

const SAID_MS = 2_000;

/** Quoted only where a shell would read more into it than an address. */
export function command(address) {
  const quoted = /^[\w:/.%~[\]-]+$/.test(address) ? address : `'${address.replaceAll("'", '%27')}'`;
  return `curl -N ${quoted}`;
}

/** Makes the button copy what the code says by then. */
export function copies(button, code) {
  const label = button.textContent;
  button.addEventListener('click', async () => {
    button.textContent = (await copied(code)) ? 'Copied' : 'Selected';
    setTimeout(() => (button.textContent = label), SAID_MS);
  });
}

/** The clipboard is there over HTTPS and on localhost only; elsewhere the text is selected, to be copied by hand. */
async function copied(code) {
  try {
    await navigator.clipboard.writeText(code.textContent);
    return true;
  } catch {
    getSelection().selectAllChildren(code);
    return false;
  }
}
