import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { startSandboxProcess } from './sandboxProcess.ts';
import { reconvened } from './reconvened.ts';

/**
 * `npm run test:browser`: plays a dissent on the sandbox's page as the people in it, in windows of their own, and leaves screenshots in
 * test/browser/screenshots. Needs an installed Chromium (CHROMIUM_PATH, or /usr/bin/chromium).
 */
const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
if (!existsSync(executablePath)) {
  console.error(`There is no Chromium at ${executablePath}. Install one (Debian: apt-get install chromium), or set CHROMIUM_PATH.`);
  process.exit(1);
}

const dataDirectory = mkdtempSync(join(tmpdir(), 'browser-journey-'));
const sandbox = await startSandboxProcess(dataDirectory);
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

let passed = 0;
const faults: string[] = [];
try {
  await reconvened(browser, sandbox.address, (step, found) => {
    if (found.length === 0) passed += 1;
    faults.push(...found);
    console.log(`${found.length === 0 ? 'ok  ' : 'FAIL'} ${step}${found.map((fault) => `\n       ${fault}`).join('')}`);
  });
} catch (fault) {
  faults.push(String(fault));
  console.error(fault);
} finally {
  await browser.close();
  await sandbox.stop();
  rmSync(dataDirectory, { recursive: true, force: true });
}
console.log(`${passed} passed, ${faults.length} failed`);
process.exitCode = faults.length === 0 ? 0 : 1;
