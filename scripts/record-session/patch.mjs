const CONTEXT = 3

/**
 * The one hunk that leads from one text to another, with three lines around it, as transcripts record it.
 * @returns {{oldStart: number, oldLines: number, newStart: number, newLines: number, lines: string[]}[]}
 */
export const structuredPatch = (before, after) => {
  if (before === after) return []
  const old = before.split('\n')
  const now = after.split('\n')
  const shorter = Math.min(old.length, now.length)
  let head = 0
  while (head < shorter && old[head] === now[head]) head++
  let tail = 0
  while (tail < shorter - head && old.at(-1 - tail) === now.at(-1 - tail)) tail++

  const from = Math.max(0, head - CONTEXT)
  const trailing = Math.min(tail, CONTEXT)
  const removed = old.slice(head, old.length - tail)
  const added = now.slice(head, now.length - tail)
  const lines = [
    ...old.slice(from, head).map((line) => ` ${line}`),
    ...removed.map((line) => `-${line}`),
    ...added.map((line) => `+${line}`),
    ...old.slice(old.length - tail, old.length - tail + trailing).map((line) => ` ${line}`),
  ]
  const around = head - from + trailing
  return [
    {
      oldStart: from + 1,
      oldLines: around + removed.length,
      newStart: from + 1,
      newLines: around + added.length,
      lines,
    },
  ]
}
