const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** The little Markdown that Teams reads in a card's text, as HTML: bold, italic, links and lists. Everything else is plain words. */
export function markdown(text) {
  const lines = text.replace(/[&<>"']/g, (character) => ENTITIES[character]).split(/\r?\n/);
  const blocks = [];
  for (const line of lines) {
    const [, mark, item] = /^\s*([-*]|\d+[.)])\s+(.*)$/.exec(line) ?? [];
    const list = mark && (/\d/.test(mark) ? 'ol' : 'ul');
    const last = blocks.at(-1);
    if (list && last?.list === list) last.items.push(item);
    else if (list) blocks.push({ list, items: [item] });
    else if (last && !last.list && line.trim() !== '') last.items.push(line);
    else if (line.trim() !== '' || last?.list) blocks.push({ list: null, items: line.trim() === '' ? [] : [line] });
  }
  return blocks
    .map(({ list, items }) =>
      list ? `<${list}>${items.map((item) => `<li>${inline(item)}</li>`).join('')}</${list}>` : `<p>${items.map(inline).join('<br>')}</p>`,
    )
    .join('');
}

function inline(text) {
  return text
    .replace(/\[([^\]]+)\]\((https?:\/\/[^\s)]+|mailto:[^\s)]+)\)/g, '<a href="$2" target="_blank" rel="noopener">$1</a>')
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
    .replace(/(^|[\s(])[_*]([^_*\s][^_*]*)[_*](?=$|[\s.,;:)])/g, '$1<em>$2</em>');
}
