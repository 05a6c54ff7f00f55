// What a server says when it refuses.

/** The words of a problem document (RFC 9457); anything else, as a proxy's page, is not for reading. */
export function detailOf(response, text) {
  if (!response.headers.get('Content-Type')?.startsWith('application/problem+json')) return '';
  try {
    const { detail, title } = JSON.parse(text);
    return String(detail ?? title ?? '');
  } catch {
    return '';
  }
}

/** Why the server refuses a stream, or nothing where by now it does not; then the stream is let go of at once. */
export async function refusal(address) {
  const enough = new AbortController();
  try {
    const response = await fetch(address, { headers: { Accept: 'text/event-stream' }, signal: enough.signal });
    return response.ok ? '' : detailOf(response, await response.text());
  } catch {
    return '';
  } finally {
    enough.abort();
  }
}
