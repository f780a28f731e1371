// The little of Markdown that the checks need: fences, code spans, block quotes, tables, headings.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

/** Markdown files below `spec/`, as paths from the root with forward slashes, in a stable order. */
export const specFiles = (root) =>
  readdirSync(join(root, 'spec'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) =>
      relative(root, join(entry.parentPath ?? entry.path, entry.name))
        .split(sep)
        .join('/'),
    )
    .sort()

/** Content of a text file, or `''` where it does not exist. */
export const readText = (root, path) => {
  try {
    return readFileSync(join(root, path), 'utf8')
  } catch (error) {
    if (error.code === 'ENOENT') return ''
    throw error
  }
}

/** Every line with its number, from 1, and whether it stands in a fence or is one of its marks. */
const markedLines = (markdown) => {
  let open
  return markdown.split('\n').map((text, index) => {
    const mark = /^(`{3,}|~{3,})(.*)$/.exec(text)
    const line = { number: index + 1, text, inFence: open !== undefined || mark !== null, opens: false, closes: false }
    if (open === undefined && mark) {
      open = mark[1]
      line.opens = true
    } else if (mark && mark[2].trim() === '' && mark[1].startsWith(open)) {
      open = undefined
      line.closes = true
    }
    return line
  })
}

/**
 * Fenced code blocks.
 * @returns {{info: string[], content: string, line: number}[]} words after the opening fence; content without the fences; line of the opening fence
 */
export const fences = (markdown) => {
  const found = []
  let open
  for (const { number, text, opens, closes } of markedLines(markdown)) {
    if (opens)
      open = {
        info: text
          .replace(/^[`~]+/, '')
          .split(/\s+/)
          .filter(Boolean),
        content: '',
        line: number,
      }
    else if (closes) {
      found.push(open)
      open = undefined
    } else if (open) open.content += `${text}\n`
  }
  if (open) throw new Error(`the code fence opened in line ${open.line} is not closed`)
  return found
}

/** The text without fences and code spans; lines keep their numbers. */
export const withoutCode = (markdown) =>
  markedLines(markdown)
    .map(({ text, inFence }) => (inFence ? '' : text.replace(/(`+)(?!`).+?(?<!`)\1(?!`)/g, '')))
    .join('\n')

/** Block quotes: `{line, text}` with the lines joined by one space and the marks removed. */
export const blockQuotes = (markdown) => {
  const quotes = []
  let previous = false
  for (const { number, text, inFence } of markedLines(markdown)) {
    const quoted = inFence ? null : /^> ?(.*)$/.exec(text)
    if (quoted && previous) quotes.at(-1).text += ` ${quoted[1].trim()}`
    else if (quoted) quotes.push({ line: number, text: quoted[1].trim() })
    previous = quoted !== null
  }
  return quotes
}

const TABLE_RULE = /^\|(\s*:?-+:?\s*\|)+\s*$/

/** Cells of the body rows of every table in a text; `\|` stands for a bar inside a cell. */
export const tableRows = (markdown) =>
  markedLines(markdown).flatMap(({ number, text, inFence }, index, lines) => {
    const isHead = TABLE_RULE.test(lines[index + 1]?.text ?? '')
    if (inFence || !text.startsWith('|') || isHead || TABLE_RULE.test(text)) return []
    const cells = text
      .trim()
      .replace(/^\||\|$/g, '')
      .split(/(?<!\\)\|/)
    return [{ line: number, cells: cells.map((cell) => cell.trim().replaceAll('\\|', '|')) }]
  })

/** The part of a text from the heading with this title to the next heading of the same or a higher level. */
export const section = (markdown, title) => {
  const lines = markdown.split('\n')
  const start = lines.findIndex((line) => /^#+ /.test(line) && line.replace(/^#+ /, '').trim() === title)
  if (start < 0) throw new Error(`there is no section "${title}"`)
  const level = lines[start].indexOf(' ')
  const length = lines.slice(start + 1).findIndex((line) => /^#+ /.test(line) && line.indexOf(' ') <= level)
  return lines.slice(start, length < 0 ? undefined : start + 1 + length).join('\n')
}

/** The anchor of a heading, as GitHub makes it; a second one of the same name gets a number. */
export const anchorOf = (heading) =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_ -]/gu, '')
    .replaceAll(' ', '-')

/** Anchors one can link to: headings as GitHub names them, and `<a id="…">`. */
export const anchors = (markdown) => {
  const names = new Set([...markdown.matchAll(/<a (?:id|name)="([^"]+)">/g)].map((match) => match[1]))
  for (const { text, inFence } of markedLines(markdown)) {
    if (inFence || !/^#{1,6} /.test(text)) continue
    const slug = anchorOf(text.replace(/^#+ /, '').replace(/<[^>]*>/g, ''))
    let name = slug
    for (let n = 1; names.has(name); n++) name = `${slug}-${n}`
    names.add(name)
  }
  return names
}

/** Targets of inline links: `{line, target}`. Code is not looked at. */
export const links = (markdown) =>
  withoutCode(markdown)
    .split('\n')
    .flatMap((line, index) =>
      [...line.matchAll(/\]\(([^()\s]+)\)/g)].map((match) => ({ line: index + 1, target: match[1] })),
    )
