import { Agent, request } from 'node:http';

/** How a bot answered what it was asked, by so many connections: how long each answer took, and all of it, in milliseconds. */
export type Load = { times: number[]; took: number };

/**
 * Sends the bodies to a bot, each as soon as a connection is free; `connections` stay open throughout.
 * @throws Error for an answer that is not `right`
 */
export async function drive(
  port: number,
  authorization: string,
  bodies: object[],
  connections: number,
  right: (answer: string) => boolean,
): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times: number[] = [];
  const waiting = bodies.map((body) => Buffer.from(JSON.stringify(body)));
  const begun = performance.now();
  const connection = async () => {
    for (let body = waiting.shift(); body; body = waiting.shift()) {
      const asked = performance.now();
      const answer = await post(port, agent, authorization, body);
      times.push(performance.now() - asked);
      if (!right(answer)) throw new Error(`the bot answered ${answer.slice(0, 500)}`);
    }
  };
  await Promise.all(Array.from({ length: connections }, connection));
  const took = performance.now() - begun;
  agent.destroy();
  return { times, took };
}

/** The middle one of some numbers. */
export function median(numbers: number[]): number {
  return quantile(numbers, 0.5);
}

/** The number below which such a part of some numbers lies: 0 is the least, 1 the greatest. */
export function quantile(numbers: number[], part: number): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

function post(port: number, agent: Agent, authorization: string, body: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': body.length, authorization };
    const sent = request({ host: '127.0.0.1', port, path: '/api/messages', method: 'POST', agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve(`${response.statusCode} ${Buffer.concat(chunks)}`));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
