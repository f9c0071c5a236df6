import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

/** Draws the Teams app's icons anew from their SVG sources; run it after changing one (CHROMIUM names the browser). */

const icons = { color: 192, outline: 32 };
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
for (const [name, size] of Object.entries(icons)) {
  const file = (ending: string) => fileURLToPath(new URL(`../appPackage/${name}.${ending}`, import.meta.url));
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${readFileSync(file('svg'), 'utf8')}`);
  await page.screenshot({ path: file('png'), omitBackground: true });
}
await browser.close();
