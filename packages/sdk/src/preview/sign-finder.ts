/** Rows of the table are this long: a power of two, larger than the number of distinct characters in signs. */
const width = 64

/**
 * Makes a finder for several groups of words, which looks at each character of a text once, however many words there
 * are (Aho and Corasick, CACM 18:6, 1975). Letters of A to Z count like those of a to z.
 *
 * @param groups at most 31 groups of words in lower case ASCII
 * @returns a function that says which groups a text has a word of: a bit for each, the first group's the lowest
 * @throws RangeError for more groups, or more distinct characters than a row holds
 */
export function createSignFinder(groups: readonly (readonly string[])[]): (text: string) => number {
  if (groups.length > 31) throw new RangeError('at most 31 groups of signs')
  const { classes, classOf } = classify(groups.flat().join(''))
  if (classes > width) throw new RangeError(`at most ${width - 1} distinct characters in signs`)
  const { next, found } = buildTable(groups, classOf)
  return (text) => {
    let state = 0
    let seen = 0
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      state = next[state + (code < 128 ? classOf[code]! : 0)]!
      seen |= found[state]!
    }
    return seen
  }
}

/** Numbers the characters that occur in signs, from 1; all others are 0. */
function classify(characters: string): { readonly classes: number; readonly classOf: Uint8Array } {
  const classOf = new Uint8Array(128)
  let classes = 1
  for (const character of new Set(characters)) {
    classOf[character.charCodeAt(0)] = classes
    classOf[character.toUpperCase().charCodeAt(0)] = classes
    classes++
  }
  return { classes, classOf }
}

function buildTable(
  groups: readonly (readonly string[])[],
  classOf: Uint8Array,
): { readonly next: Int32Array; readonly found: Int32Array } {
  const children: Map<number, number>[] = [new Map()]
  const ends: number[] = [0]
  for (const [group, signs] of groups.entries()) {
    for (const sign of signs) {
      let state = 0
      for (const character of sign) {
        const step = classOf[character.charCodeAt(0)]!
        const known = children[state]!.get(step)
        if (known === undefined) {
          children[state]!.set(step, children.length)
          state = children.push(new Map()) - 1
          ends.push(0)
        } else state = known
      }
      ends[state]! |= 1 << group
    }
  }
  // A state is the place where its row begins.
  const next = new Int32Array(children.length * width)
  const found = new Int32Array(children.length * width)
  for (const [index, groups] of ends.entries()) found[index * width] = groups
  // In order of depth: where a word breaks off, the longest end of it that begins a word goes on.
  const queue = [...children[0]!].map(([step, child]) => {
    next[step] = child * width
    return { index: child, fallback: 0 }
  })
  for (const { index, fallback } of queue) {
    const row = index * width
    found[row]! |= found[fallback]!
    for (let step = 0; step < width; step++) {
      const child = children[index]!.get(step)
      const otherwise = next[fallback + step]!
      next[row + step] = child === undefined ? otherwise : child * width
      if (child !== undefined) queue.push({ index: child, fallback: otherwise })
    }
  }
  return { next, found }
}
