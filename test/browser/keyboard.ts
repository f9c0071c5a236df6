import type { Page } from 'playwright-core';

/** More stops than there are on any page. */
const MOST_STOPS = 250;

/** Where the keyboard is: what stands there is called, of what kind it is, and for one of several choices what the others are called. */
type Stop = { tag: string; type: string; name: string; choices: string[]; at: number };

/** Somebody who uses no mouse: every step is a key. */
export function keyboardAt(page: Page) {
  const here = (): Promise<Stop> => page.evaluate(stopOnPage);

  /** Goes on from stop to stop until one is found. @throws Error that says what it was looking for */
  const onTo = async (sought: (stop: Stop) => boolean, what: string): Promise<Stop> => {
    const passed: string[] = [];
    for (let stops = 0; stops < MOST_STOPS; stops += 1) {
      const stop = await here();
      if (sought(stop)) return stop;
      passed.push(`${stop.tag} ${stop.name}`.slice(0, 40));
      await page.keyboard.press('Tab');
    }
    throw new Error(`the keyboard never came to ${what}; it came to: ${[...new Set(passed)].join(' | ')}`);
  };
  const isButton = (name: string) => (stop: Stop) => stop.tag === 'BUTTON' && stop.name === name;

  const answer = async ({ tag, type, choices, at }: Stop, wanted: string): Promise<void> => {
    if (tag === 'SELECT' || tag === 'TEXTAREA' || type === 'text' || type === 'search') {
      await page.keyboard.type(wanted);
    } else if (type === 'radio') {
      const steps = choices.indexOf(wanted) - at;
      if (steps === 0) await page.keyboard.press('Space');
      for (let step = 0; step < Math.abs(steps); step += 1) await page.keyboard.press(steps > 0 ? 'ArrowDown' : 'ArrowUp');
    } else {
      await page.keyboard.press('Space');
    }
  };

  return {
    async says(text: string) {
      await onTo(({ name }) => name === 'Message to Conference Dissent', 'the field for a message');
      await page.keyboard.type(text);
      await page.keyboard.press('Enter');
    },
    async presses(button: string) {
      await onTo(isButton(button), `the button "${button}"`);
      await page.keyboard.press('Enter');
      await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
    },
    /** Fills in a form from where the keyboard is, question by question, and presses its button. A choice is named by its own words. */
    async fillsIn(answers: Record<string, string | true>, button: string) {
      const left = new Map(Object.entries(answers));
      await onTo(
        ({ name, choices }) => [name, ...choices].some((each) => [...left.keys()].some((key) => each.startsWith(key))),
        'the form’s first question',
      );
      for (let stops = 0; stops < MOST_STOPS; stops += 1) {
        const stop = await here();
        if (isButton(button)(stop)) break;
        const key = [...left.keys()].find((each) =>
          left.get(each) === true ? stop.choices.includes(each) || stop.name === each : stop.name.startsWith(each),
        );
        if (key !== undefined) {
          const wanted = left.get(key)!;
          await answer(stop, wanted === true ? key : wanted);
          left.delete(key);
        }
        await page.keyboard.press('Tab');
      }
      if (left.size > 0) throw new Error(`the keyboard never came to: ${[...left.keys()].join(', ')}`);
      await this.presses(button);
    },
    /** Where the keyboard is, where that is no field of a form. */
    outsideForms: async () => {
      const { tag, name } = await here();
      return ['INPUT', 'TEXTAREA', 'SELECT'].includes(tag) ? [] : [`it is at ${tag} "${name.slice(0, 60)}"`];
    },
    /** How many stops there are from the beginning of the page to its first button in a card. */
    async stopsToFirstButton() {
      await page.reload();
      await page.locator('.card button').first().waitFor();
      for (let stops = 1; stops < MOST_STOPS; stops += 1) {
        await page.keyboard.press('Tab');
        if (await page.evaluate(() => (globalThis as any).document.activeElement?.closest('.card') !== null)) return stops;
      }
      return MOST_STOPS;
    },
  };
}

/** Runs in the browser, and so has to stand by itself. */
function stopOnPage(): Stop {
  const { document } = globalThis as any;
  const active = document.activeElement;
  const nameOf = (element: any): string => {
    const labelled = (element.getAttribute?.('aria-labelledby') ?? '')
      .split(' ')
      .map((id: string) => document.getElementById(id)?.textContent);
    const said = element.getAttribute?.('aria-label') ?? [...(element.labels ?? [])].map((label: any) => label.textContent).join(' ');
    return (said || labelled.join(' ').trim() || element.textContent || '').replace(/\s+/g, ' ').trim();
  };
  const isChoice = active?.type === 'radio';
  const group = isChoice ? [...document.querySelectorAll('input[type=radio]')].filter((each: any) => each.name === active.name) : [];
  const own = (each: any) =>
    ([...(each.labels ?? [])][0]?.textContent ?? each.getAttribute('aria-label') ?? '').replace(/\s+/g, ' ').trim();
  const name = active ? nameOf(active) : '';
  return {
    tag: active?.tagName ?? '',
    type: active?.type ?? '',
    name: active?.type === 'checkbox' ? own(active) : name,
    choices: group.map(own),
    at: group.indexOf(active),
  };
}
