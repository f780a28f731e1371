import { visible } from './escape.ts'

const entities: Readonly<Record<string, string>> = { '<': '&lt;', '&': '&amp;' }

/** Text for one line of Markdown or one cell of a table: nothing in it is markup, a link or an end of the cell. */
export function markdownText(text: string): string {
  return visible(text)
    .replace(/[\\`*_{}[\]<>|~$&]/g, (character) => entities[character] ?? `\\${character}`)
    .replace(/^(\s*)([-+#=]|\d+(?=[.)]))/, (_, space: string, sign: string) =>
      /\d/.test(sign) ? `${space}${sign}\\` : `${space}\\${sign}`,
    )
    .replace(/:\/\//g, '&#58;//')
    .replace(/@/g, '&#64;')
    .replace(/www\./gi, (match) => `${match.slice(0, 3)}&#46;`)
}
