import { make } from './elements.js';
import { table } from './facts.js';

/** A document of a case, as people read it on paper. */
export function paper({ blocks }) {
  return make('div', { class: 'paper' }, blocks.map(drawn));
}

function drawn(block) {
  switch (block.kind) {
    case 'heading':
      return make('h2', {}, block.text);
    case 'subheading':
      return make('h3', {}, block.text);
    case 'notice':
      return make('p', { class: 'standsOut' }, block.text);
    case 'facts': {
      const rows = block.rows.flatMap(({ title, value }) => [make('dt', {}, title), make('dd', {}, value)]);
      return make('dl', {}, rows);
    }
    case 'table':
      return table(block.caption, block.header, block.rows);
    case 'list':
      return make(
        'ul',
        { class: 'listed' },
        block.items.map((item) => make('li', {}, item)),
      );
    case 'links':
      return make(
        'ul',
        {},
        block.items.map(({ title, url }) => make('li', {}, make('a', { href: url, rel: 'noopener' }, title))),
      );
    default:
      return make('p', { class: 'said' }, block.text);
  }
}
