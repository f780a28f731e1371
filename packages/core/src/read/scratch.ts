/**
 * Memory for looking at bytes and not for keeping them: each call may overwrite what the last one returned.
 * Most records fit into what is kept; larger ones get memory of their own, so that it is not held for ever.
 */
const KEPT = 1 << 18
let kept: Uint8Array | undefined

function scratch(size: number): Uint8Array {
  if (size > KEPT) return new Uint8Array(size)
  kept ??= new Uint8Array(KEPT)
  return kept
}

const encoder = new TextEncoder()
const MAX_LENGTH = 1 << 26

/**
 * UTF-8 of a text; undefined if the text holds a lone surrogate and so has no UTF-8, or if it is so long that its bytes
 * would take more memory than they save time.
 */
export function utf8Of(text: string): Uint8Array | undefined {
  if (text.length > MAX_LENGTH) return undefined
  const into = scratch(text.length * 3)
  const { written } = encoder.encodeInto(text, into)
  const bytes = into.subarray(0, written)
  if (written === text.length) return bytes // ASCII
  // The encoder writes EF BF BD for a lone surrogate, and looking for EF is much cheaper than asking the string.
  return hasByteEF(bytes) && !text.isWellFormed() ? undefined : bytes
}

/** Whether a byte EF occurs. Two more bytes and a closing quote follow it, so it is never among the odd ones at the end. */
function hasByteEF(bytes: Uint8Array): boolean {
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >>> 2)
  for (let i = 0; i < words.length; i++) {
    const x = words[i]! ^ 0xefefefef
    if (((x - 0x01010101) & ~x & 0x80808080) !== 0) return true
  }
  return false
}
