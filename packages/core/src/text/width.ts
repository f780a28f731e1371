/** Code points that take two columns beside emoji: CJK, Hangul, full-width forms and their punctuation. */
const WIDE =
  /[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f/u
const MARKS_ONLY = /^[\p{M}\u200d]+$/u
const ASCII = /^[ -~]*$/

let segmenter: Intl.Segmenter | undefined

/** Made at the first use: most texts are ASCII and need none. */
const segmentsOf = (text: string): Intl.Segments => {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
  return segmenter.segment(text)
}

/** Columns that a text without control characters takes on a terminal: wide characters count two, marks none. */
export function displayWidth(text: string): number {
  if (ASCII.test(text)) return text.length
  let width = 0
  for (const { segment } of segmentsOf(text)) width += graphemeWidth(segment)
  return width
}

const graphemeWidth = (segment: string): number => {
  if (ASCII.test(segment)) return segment.length
  if (WIDE.test(segment)) return 2
  return MARKS_ONLY.test(segment) ? 0 : 1
}

/** The beginning of a text that fits into `width` columns; where something is cut off, `…` takes the last one. */
export function cut(text: string, width: number): string {
  if (displayWidth(text) <= width) return text
  if (width <= 1) return width === 1 ? '…' : ''
  return `${take(text, width - 1)}…`
}

/** Like `cut`, but what is lost stands before the end: the name in a path outlives its folders. */
export function cutMiddle(text: string, width: number): string {
  if (displayWidth(text) <= width) return text
  if (width < 8) return cut(text, width)
  const head = take(text, Math.floor((width - 1) / 3))
  const tail = takeEnd(text, width - 1 - displayWidth(head))
  return `${head}…${tail}`
}

/** A text filled up with spaces to `width` columns; longer text stays as it is. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)))
}

/** Words of a text on lines of at most `width` columns; a longer word is broken, behind punctuation where it has some. At least one line. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`
    if (displayWidth(joined) <= width) {
      line = joined
      continue
    }
    if (line !== '') lines.push(line)
    line = word
    while (displayWidth(line) > width) {
      const head = atPunctuation(take(line, width))
      if (head === '') break
      lines.push(head)
      line = line.slice(head.length)
    }
  }
  lines.push(line)
  return lines
}

/** The longest beginning that ends behind punctuation, if that leaves more than half of it: JSON and paths have no spaces. */
const atPunctuation = (head: string): string => {
  const match = /^.*[,;:/&?})\]]/u.exec(head)?.[0]
  return match !== undefined && match.length * 2 > head.length ? match : head
}

const take = (text: string, width: number): string => {
  let taken = ''
  let used = 0
  for (const { segment } of segmentsOf(text)) {
    used += graphemeWidth(segment)
    if (used > width) break
    taken += segment
  }
  return taken
}

const takeEnd = (text: string, width: number): string => {
  const segments = Array.from(segmentsOf(text), ({ segment }) => segment)
  let start = segments.length
  let used = 0
  while (start > 0) {
    used += graphemeWidth(segments[start - 1] as string)
    if (used > width) break
    start--
  }
  return segments.slice(start).join('')
}
