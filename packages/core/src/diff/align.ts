/** Pairs of equal items of two sequences, in order: no pair crosses another. */
export interface Alignment {
  readonly pairs: readonly (readonly [number, number])[]
  /** Whether no longer list of pairs exists; false where the search was cut short. */
  readonly isExact: boolean
}

/** What an alignment may take, shared between several. */
export interface Effort {
  /** Comparisons that are left. */
  left: number
}

/** More edits than this are not looked for at once; the memory grows with the square. */
const MOST_EDITS = 1500
const DEEPEST = 24
/** Items of both sides in a part of what has nothing to be split at. */
const PART = 600

/**
 * Aligns two sequences of numbers: the shortest edit script by Myers' greedy algorithm (An O(ND) Difference Algorithm, 1986).
 * Where the sequences differ too much for that, they are first split at items that occur once in both (patience), or, where
 * there are none, into parts. Time and memory are bounded whatever the sequences are.
 */
export const align = (a: readonly number[], b: readonly number[], effort: Effort): Alignment => {
  const pairs: [number, number][] = []
  const isExact = alignRegion({ a, b, fromA: 0, toA: a.length, fromB: 0, toB: b.length }, pairs, effort, 0)
  return { pairs, isExact }
}

interface Region {
  readonly a: readonly number[]
  readonly b: readonly number[]
  readonly fromA: number
  readonly toA: number
  readonly fromB: number
  readonly toB: number
}

const alignRegion = (region: Region, pairs: [number, number][], effort: Effort, depth: number): boolean => {
  const { a, b } = region
  let { fromA, toA, fromB, toB } = region
  while (fromA < toA && fromB < toB && a[fromA] === b[fromB]) pairs.push([fromA++, fromB++])
  let equalEnd = 0
  while (fromA < toA && fromB < toB && a[toA - 1] === b[toB - 1]) {
    toA--
    toB--
    equalEnd++
  }
  const inner = { a, b, fromA, toA, fromB, toB }
  const isExact = fromA === toA || fromB === toB || alignInner(inner, pairs, effort, depth)
  for (let i = 0; i < equalEnd; i++) pairs.push([toA + i, toB + i])
  return isExact
}

const alignInner = (region: Region, pairs: [number, number][], effort: Effort, depth: number): boolean => {
  const shortest = shortestEdit(region, effort)
  if (shortest) {
    // One by one: as arguments of a call they may be too many.
    for (const pair of shortest) pairs.push(pair)
    return true
  }
  if (depth === DEEPEST || effort.left < 0) return false
  let { fromA, fromB } = region
  const anchors = anchorsOf(region)
  if (anchors.length === 0) {
    for (const part of cutUp(region)) alignRegion(part, pairs, effort, DEEPEST)
    return false
  }
  for (const [atA, atB] of anchors) {
    alignRegion({ ...region, fromA, toA: atA, fromB, toB: atB }, pairs, effort, depth + 1)
    pairs.push([atA, atB])
    fromA = atA + 1
    fromB = atB + 1
  }
  alignRegion({ ...region, fromA, fromB }, pairs, effort, depth + 1)
  return false
}

/** A region in parts that are small enough for every edit script, each as far along on both sides. */
function* cutUp({ a, b, fromA, toA, fromB, toB }: Region): Generator<Region> {
  const count = Math.ceil((toA - fromA + toB - fromB) / PART)
  const at = (from: number, to: number, part: number): number => from + Math.floor(((to - from) * part) / count)
  for (let part = 0; part < count; part++)
    yield {
      a,
      b,
      fromA: at(fromA, toA, part),
      toA: at(fromA, toA, part + 1),
      fromB: at(fromB, toB, part),
      toB: at(fromB, toB, part + 1),
    }
}

/** The pairs of a shortest edit script, or nothing where that would take too much. */
const shortestEdit = (region: Region, effort: Effort): [number, number][] | undefined => {
  const { a, b, fromA, fromB } = region
  const [lengthA, lengthB] = [region.toA - fromA, region.toB - fromB]
  const most = Math.min(lengthA + lengthB, MOST_EDITS)
  // Furthest place in `a` on each diagonal; before each round what the last one reached is kept for the way back.
  const reached = new Int32Array(2 * most + 3)
  const rounds: Int32Array[] = []
  const middle = most + 1
  for (let edits = 0; edits <= most; edits++) {
    rounds.push(reached.slice(middle - edits, middle + edits + 1))
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const at = middle + diagonal
      const isDown = diagonal === -edits || (diagonal !== edits && reached[at - 1]! < reached[at + 1]!)
      let x = isDown ? reached[at + 1]! : reached[at - 1]! + 1
      const start = x
      while (x < lengthA && x - diagonal < lengthB && a[fromA + x] === b[fromB + x - diagonal]) x++
      effort.left -= 1 + x - start
      reached[at] = x
      if (x >= lengthA && x - diagonal >= lengthB) return wayBack(region, rounds, edits)
    }
    if (effort.left < 0) return undefined
  }
  return undefined
}

/** Walks back from the end over what each round had reached, and gathers the equal items passed. */
const wayBack = (
  { fromA, toA, fromB, toB }: Region,
  rounds: readonly Int32Array[],
  edits: number,
): [number, number][] => {
  const pairs: [number, number][] = []
  let x = toA - fromA
  let y = toB - fromB
  for (let round = edits; round > 0; round--) {
    const reached = rounds[round]!
    const diagonal = x - y
    const isDown =
      diagonal === -round || (diagonal !== round && reached[round + diagonal - 1]! < reached[round + diagonal + 1]!)
    const before = isDown ? diagonal + 1 : diagonal - 1
    const xBefore = reached[round + before]!
    const xAfterEdit = isDown ? xBefore : xBefore + 1
    while (x > xAfterEdit) pairs.push([fromA + --x, fromB + --y])
    x = xBefore
    y = xBefore - before
  }
  while (x > 0) pairs.push([fromA + --x, fromB + --y])
  return pairs.reverse()
}

/** Items that occur once on each side, as long an ordered list of them as there is. */
const anchorsOf = ({ a, b, fromA, toA, fromB, toB }: Region): [number, number][] => {
  const inA = uniquePlaces(a, fromA, toA)
  const inB = uniquePlaces(b, fromB, toB)
  const common: [number, number][] = []
  for (const [item, atA] of inA) {
    const atB = inB.get(item) ?? -1
    if (atA >= 0 && atB >= 0) common.push([atA, atB])
  }
  common.sort(([first], [second]) => first - second)
  return longestRising(common)
}

/** Place of each item that occurs once; -1 of one that occurs more often. */
const uniquePlaces = (items: readonly number[], from: number, to: number): Map<number, number> => {
  const places = new Map<number, number>()
  for (let i = from; i < to; i++) places.set(items[i]!, places.has(items[i]!) ? -1 : i)
  return places
}

/** The longest list of pairs that rises on both sides, of pairs that rise on the first. */
const longestRising = (pairs: readonly [number, number][]): [number, number][] => {
  const tails: number[] = []
  const before = new Int32Array(pairs.length)
  for (const [index, [, atB]] of pairs.entries()) {
    let low = 0
    let high = tails.length
    while (low < high) {
      const half = (low + high) >> 1
      if (pairs[tails[half]!]![1] < atB) low = half + 1
      else high = half
    }
    before[index] = low > 0 ? tails[low - 1]! : -1
    tails[low] = index
  }
  const longest: [number, number][] = []
  for (let index = tails.at(-1) ?? -1; index >= 0; index = before[index]!) longest.push(pairs[index]!)
  return longest.reverse()
}
