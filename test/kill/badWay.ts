import { setTimeout as pause } from 'node:timers/promises';
import { type Handler, readJson, sendJson } from '../../src/sandbox/server.ts';

const MOST_COPIES = 5;
const LATEST_MILLISECONDS = 2500;

/**
 * The way from Teams to the program on a bad day, under `path`: every second activity goes two to five times, each copy to any of the
 * replicas that listen on `ports`, the others up to seconds later and so out of order. The first copy's answer is Teams' own; 502 where
 * nobody took it.
 */
export function badWay(path: string, ports: ReadonlySet<number>, random: () => number): Handler {
  const deliver = async (activity: object): Promise<{ status: number; body: unknown }> => {
    const port = [...ports][Math.floor(random() * ports.size)];
    try {
      const response = await fetch(`http://127.0.0.1:${port}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(activity),
        signal: AbortSignal.timeout(15_000),
      });
      const text = await response.text();
      return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : null };
    } catch {
      return { status: 502, body: null };
    }
  };
  return async (request, response) => {
    if (request.url !== path) return false;
    const activity = await readJson(request);
    const again = random() < 0.5 ? 0 : 1 + Math.floor(random() * (MOST_COPIES - 1));
    for (let copy = 0; copy < again; copy += 1) void pause(random() * LATEST_MILLISECONDS).then(() => deliver(activity));
    const { status, body } = await deliver(activity);
    return sendJson(response, status, body ?? {});
  };
}
