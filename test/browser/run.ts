import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type Browser, chromium } from 'playwright-core';
import { byKeyboard } from './byKeyboard.ts';
import { complained } from './complained.ts';
import { concerned } from './concerned.ts';
import { documentsSeen } from './documents.ts';
import { heightsMeasured } from './heights.ts';
import { overseen } from './overseen.ts';
import { parentsTold } from './parentsTold.ts';
import { placesSeen } from './places.ts';
import { reconvened } from './reconvened.ts';
import { startSandboxProcess } from './sandboxProcess.ts';
import { sceneAt } from './scene.ts';
import type { Told } from './told.ts';
import { walks } from './walks.ts';

/**
 * `npm run test:browser`: plays dissents and a complaint on the sandbox's page as the people in them, in windows of their own, and leaves
 * screenshots in test/browser/screenshots; with `-- heights` it only measures cards. Needs an installed Chromium (CHROMIUM_PATH, or /usr/bin/chromium).
 */
const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
if (!existsSync(executablePath)) {
  console.error(`There is no Chromium at ${executablePath}. Install one (Debian: apt-get install chromium), or set CHROMIUM_PATH.`);
  process.exit(1);
}

/** A browser that speaks to the sandbox alone. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const MOST_MILLISECONDS = 1_800_000;

/** Plays it all on a sandbox of its own, and leaves nothing running or lying about, whatever happens. */
async function play(told: Told): Promise<void> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'browser-journey-'));
  try {
    const sandbox = await startSandboxProcess(dataDirectory);
    try {
      const browser = await chromium.launch({ executablePath, args: QUIET });
      try {
        await Promise.race([playAll(browser, sandbox.address, told), tooLong()]);
      } finally {
        await browser.close();
      }
    } finally {
      await sandbox.stop();
    }
  } finally {
    rmSync(dataDirectory, { recursive: true, force: true });
  }
}

/** Each part goes on where the one before it left off. */
async function playAll(browser: Browser, address: string, told: Told): Promise<void> {
  const scene = sceneAt(address);
  if (process.argv.includes('walks')) return walks(browser, address, scene, told);
  const quick = ['heights', 'keyboard'].find((each) => process.argv.includes(each));
  const parts = [
    () => heightsMeasured(browser, address, told),
    () => byKeyboard(browser, told),
    () => reconvened(browser, address, scene, told),
    () => placesSeen(browser, address, told),
    () => parentsTold(browser, address, scene, told),
    () => concerned(browser, address, scene, told),
    () => documentsSeen(browser, address, told),
    () => complained(browser, address, scene, told),
    () => overseen(browser, address, scene, told),
  ];
  // A part that breaks off is told, and the next ones show what else there is to see.
  for (const part of parts.slice(0, { heights: 1, keyboard: 2 }[quick ?? ''] ?? parts.length))
    await part().catch((fault: unknown) => told(`a part could be played to its end: ${part}`, [String(fault)]));
}

async function tooLong(): Promise<never> {
  await setTimeout(MOST_MILLISECONDS, null, { ref: false });
  throw new Error(`the journey was not over after ${MOST_MILLISECONDS / 60_000} minutes`);
}

let passed = 0;
let failed = 0;
try {
  await play((step, faults) => {
    passed += faults.length === 0 ? 1 : 0;
    failed += faults.length;
    console.log(`${faults.length === 0 ? 'ok  ' : 'FAIL'} ${step}${faults.map((fault) => `\n       ${fault}`).join('')}`);
  });
} catch (fault) {
  failed += 1;
  console.error(fault);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
