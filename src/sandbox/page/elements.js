/**
 * Makes an element. `properties` are set as DOM properties, save `class`, `role`, `scope`, `data-*` and `aria-*`, which are attributes; children are
 * elements or words, and words are never read as HTML.
 */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (/^(class|role|for|scope|datetime|aria-.*|data-.*)$/.test(name)) element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

let fading;

/** Says something for a few seconds at the foot of the page, to the eye and to screen readers. */
export function notify(words) {
  const notice = document.getElementById('notice');
  notice.textContent = words;
  notice.classList.add('shown');
  clearTimeout(fading);
  fading = setTimeout(hush, Math.max(5000, words.length * 80));
}

/** Takes back what was said last. */
export function hush() {
  document.getElementById('notice').classList.remove('shown');
}
