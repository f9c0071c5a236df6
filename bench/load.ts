import { Agent, request } from 'node:http';

/** What a bot was asked, by one of so many connections after another, and how it answered. Times in milliseconds. */
export type Load = { perSecond: number; median: number };

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
  const seconds = (performance.now() - begun) / 1000;
  agent.destroy();
  return { perSecond: bodies.length / seconds, median: median(times) };
}

/** The middle one of some numbers. */
export function median(numbers: number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
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
