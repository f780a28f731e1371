/** Most characters that are kept of an answer in pieces; a preview shows no more. */
const most = 4_000

/** The beginning of what came in pieces: a text if all of them are texts, else a list. */
export interface Pieces {
  add(piece: unknown): void
  /** `undefined` if nothing came. */
  readonly whole: unknown
}

/** Keeps the beginning of what comes in pieces, for a preview. */
export function collectPieces(): Pieces {
  const kept: unknown[] = []
  let left = most
  return {
    add(piece) {
      if (left <= 0) return
      const size = typeof piece === 'string' ? piece.length : 100
      kept.push(typeof piece === 'string' ? piece.slice(0, left) : piece)
      left -= Math.max(1, size)
    },
    get whole() {
      if (kept.length === 0) return undefined
      return kept.every((piece) => typeof piece === 'string') ? kept.join('') : kept
    },
  }
}
