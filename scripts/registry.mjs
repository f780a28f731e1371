// spec/registry.md is both prose and data: this reads the vocabularies out of it.

/**
 * Reads every open vocabulary.
 * @param {string} markdown
 * @returns {{name: string, places: string[], values: string[], meanings: Record<string, string>}[]} `meanings` by value, in Markdown
 */
export const readRegistry = (markdown) =>
  markdown
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const name = section.slice(0, section.indexOf('\n')).trim()
      const line = section.match(/^Places: (.*)$/m)?.[1] ?? ''
      const places = [...line.matchAll(/`([^`]+)`/g)].map((match) => match[1])
      const rows = [...section.matchAll(/^\| `([^`]+)` \| ([^|]*) \|/gm)].map((match) => [match[1], match[2]])
      return { name, places, values: rows.map(([value]) => value), meanings: Object.fromEntries(rows) }
    })
    .filter((vocabulary) => vocabulary.places.length > 0)
