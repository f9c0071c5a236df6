import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Starts the sandbox as a newcomer does, on free ports; returns the address that it prints, and how to stop it. */
export async function startSandboxProcess(dataDirectory: string): Promise<{ address: string; stop(): Promise<void> }> {
  const child = spawn(process.execPath, ['src/main.ts'], {
    env: { ...process.env, PORT: '0', SANDBOX_PORT: '0', DATA_DIR: dataDirectory },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const address = await new Promise<string>((resolve, reject) => {
    const limit = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error('the sandbox did not start within three minutes'));
    }, 180_000);
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      const [, found] = /Open\s+(http:\S+)/.exec(printed) ?? [];
      if (!found) return;
      clearTimeout(limit);
      resolve(found);
    });
    child.once('exit', (code) => {
      clearTimeout(limit);
      reject(new Error(`the sandbox ended with ${code}`));
    });
  });
  return {
    address,
    async stop() {
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
