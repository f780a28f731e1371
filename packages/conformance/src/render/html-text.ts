const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Tidy text as HTML, in an element or in an attribute with quotes. */
export const html = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character]!)

/** A sentence of the specification as HTML: code and emphasis stay, a link is its text. */
export const sentenceHtml = (markdown: string): string =>
  html(markdown)
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .split(/(`[^`]*`)/)
    .map((part) =>
      /^`[^`]*`$/.test(part)
        ? `<code>${part.slice(1, -1)}</code>`
        : part
            .replace(/\*([^*]+)\*/g, '<em>$1</em>')
            .replace(/\b(MUST NOT|MUST|SHOULD NOT|SHOULD)\b/, '<strong>$1</strong>'),
    )
    .join('')

/** A name for an element, out of an id of the specification. */
export const anchor = (id: string): string => id.replace(/[^A-Za-z0-9-]/g, '_')
