// The curl command for the same stream, and its copy button.

const MESSAGE_MS = 2_000;

/** Returns the command. The address is quoted only if a shell would interpret one of its characters. */
export function curlCommand(address) {
  const quoted = /^[\w:/.%~[\]-]+$/.test(address) ? address : `'${address.replaceAll("'", '%27')}'`;
  return `curl -N ${quoted}`;
}

/** Makes the button copy the text that the element contains when the button is clicked. */
export function enableCopy(button, code) {
  const label = button.textContent;
  button.addEventListener('click', async () => {
    button.textContent = (await copy(code)) ? 'Copied' : 'Selected';
    setTimeout(() => (button.textContent = label), MESSAGE_MS);
  });
}

/**
 * Copies the text, or selects it and returns false. Browsers allow access to the clipboard only over HTTPS and on localhost.
 */
async function copy(code) {
  try {
    await navigator.clipboard.writeText(code.textContent);
    return true;
  } catch {
    getSelection().selectAllChildren(code);
    return false;
  }
}
