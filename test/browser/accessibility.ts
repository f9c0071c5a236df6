import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** What axe finds on the page as it is now, cards included, that is serious or critical; each with the first place where it is. */
export async function axeFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  return grave.map(
    ({ id, impact, help, nodes }) => `axe, ${impact}: ${help} (${id}), ${nodes.length} times, first ${nodes[0]?.html.slice(0, 160)}`,
  );
}

/**
 * What a person who sees little, or uses no mouse, would stumble over on the page as it is now: controls without a name, headings that
 * skip a level, text too faint for its background (WCAG AA) or cut off at the edge of its card, and a page that scrolls sideways. Nothing
 * when all is well.
 */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  return page.evaluate(faultsOnPage);
}

/** Runs in the browser, and so has to stand by itself. */
function faultsOnPage(): string[] {
  // The browser's own names, which Node's types do not know.
  const { document, window, getComputedStyle } = globalThis as any;
  const faults: string[] = [];
  const visible = (element: any) => element.getClientRects().length > 0 && getComputedStyle(element).visibility !== 'hidden';
  const all = (selector: string): any[] => [...document.querySelectorAll(selector)].filter(visible);

  const nameOf = (element: any): string =>
    [
      element.getAttribute('aria-label'),
      ...(element.getAttribute('aria-labelledby') ?? '').split(' ').map((id: string) => document.getElementById(id)?.textContent),
      ...[...(element.labels ?? [])].map((label: any) => label.textContent),
      // What stands in a field, or in its list, is not what the field is called.
      element.matches('input, select, textarea') ? '' : element.textContent,
      element.title,
    ]
      .join('')
      .trim();
  for (const control of all('button, a[href], input, select, textarea, [role=button]')) {
    if (nameOf(control) === '') faults.push(`a ${control.tagName.toLowerCase()} has no name: ${control.outerHTML.slice(0, 80)}`);
  }

  let level = 0;
  for (const heading of all('h1, h2, h3, h4, h5, h6, [role=heading]')) {
    // A heading that gives no level is read out as one of level 2.
    const next = Number(heading.getAttribute('aria-level') ?? (/^H\d$/.test(heading.tagName) ? heading.tagName.slice(1) : 2));
    if (level > 0 && next > level + 1)
      faults.push(`heading "${heading.textContent.trim().slice(0, 40)}" skips from level ${level} to ${next}`);
    level = next;
  }

  const channels = (colour: string) => (/rgba?\(([^)]+)\)/.exec(colour)?.[1] ?? '0,0,0').split(',').map(Number);
  const luminance = (colour: string) => {
    const [red = 0, green = 0, blue = 0] = channels(colour).map((value) => {
      const part = value / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const backgroundOf = (element: any): string => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if ((channels(colour)[3] ?? 1) > 0.9 && colour !== 'rgba(0, 0, 0, 0)') return colour;
    }
    return 'rgb(255, 255, 255)';
  };
  for (const element of all('main *')) {
    const own = [...element.childNodes].some((node: any) => node.nodeType === 3 && node.textContent.trim() !== '');
    if (!own || element.closest('[aria-hidden=true], :disabled')) continue;
    const { color, fontSize, fontWeight } = getComputedStyle(element);
    const [light = 0, dark = 0] = [luminance(color), luminance(backgroundOf(element))].sort((one, other) => other - one);
    const contrast = (light + 0.05) / (dark + 0.05);
    const large = Number.parseFloat(fontSize) >= 24 || (Number.parseFloat(fontSize) >= 18.6 && Number(fontWeight) >= 700);
    if (contrast < (large ? 3 : 4.5)) faults.push(`"${element.textContent.trim().slice(0, 40)}" has a contrast of ${contrast.toFixed(1)}`);
  }

  for (const text of all('.card *')) {
    const box = text.closest('.card').getBoundingClientRect();
    const cut = text.children.length === 0 && text.textContent.trim() !== '' && text.getBoundingClientRect().right > box.right + 1;
    if (cut) faults.push(`"${text.textContent.trim().slice(0, 40)}" is cut off at the card's edge`);
  }

  if (document.documentElement.scrollWidth > window.innerWidth + 1)
    faults.push(`the page scrolls sideways: ${document.documentElement.scrollWidth} px wide`);
  for (const box of all('body *')) {
    const scrolls = ['auto', 'scroll'].includes(getComputedStyle(box).overflowX) && box.scrollWidth > box.clientWidth + 1;
    if (scrolls)
      faults.push(
        `"${box.getAttribute('aria-label') ?? box.tagName.toLowerCase()}" scrolls sideways: ${box.scrollWidth} px in ${box.clientWidth}`,
      );
  }
  return [...new Set(faults)];
}
