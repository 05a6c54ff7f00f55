// Reads the reason from the response of a server that refuses a request.

/** Returns the detail of a problem document (RFC 9457), or '' for another response, such as the error page of a proxy. */
export function readDetail(response, text) {
  if (!response.headers.get('Content-Type')?.startsWith('application/problem+json')) return '';
  try {
    const { detail, title } = JSON.parse(text);
    return String(detail ?? title ?? '');
  } catch {
    return '';
  }
}

/** Returns why the server refuses a stream, or '' if it does not any more. The new stream is then closed at once. */
export async function findRefusal(address) {
  const controller = new AbortController();
  try {
    const response = await fetch(address, { headers: { Accept: 'text/event-stream' }, signal: controller.signal });
    return response.ok ? '' : readDetail(response, await response.text());
  } catch {
    return '';
  } finally {
    controller.abort();
  }
}
