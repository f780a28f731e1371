import type { Token } from 'marked'

/** The text a reader of Markdown sees. */
export const plain = (tokens: readonly Token[]): string =>
  tokens
    .map((token) =>
      'tokens' in token && token.tokens ? plain(token.tokens) : 'text' in token ? String(token.text) : '',
    )
    .join('')
    .replace(/&(lt|gt|amp|quot|#39|#58|#64|#46);/g, (_, entity: string) => entities[entity] as string)

const entities: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  '#39': "'",
  '#58': ':',
  '#64': '@',
  '#46': '.',
}
