/** Reads JSON from the sandbox. @throws Error with the sandbox's own sentence */
export async function get(path) {
  return answer(await fetch(path, { headers: { Accept: 'application/json' } }));
}

/** Sends JSON to the sandbox. @throws Error with the sandbox's own sentence */
export async function send(method, path, body) {
  const headers = { Accept: 'application/json', 'Content-Type': 'application/json' };
  return answer(await fetch(path, { method, headers, body: JSON.stringify(body) }));
}

async function answer(response) {
  const body = await response.json();
  if (!response.ok) throw new Error(body.error ?? `The sandbox answered ${response.status}.`);
  return body;
}

/** Calls back whenever anything in a chat changes, and after the line to the sandbox was down. */
export function listen({ onChat, onReturn }) {
  const stream = new EventSource('/stream');
  let lost = false;
  stream.addEventListener('chat', (event) => onChat(JSON.parse(event.data)));
  stream.addEventListener('error', () => {
    lost = true;
  });
  stream.addEventListener('open', () => {
    if (lost) onReturn();
    lost = false;
  });
}
