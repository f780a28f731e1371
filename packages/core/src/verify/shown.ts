import { escapeUnprintable } from '../semantics/quote.ts'

/** Longest `expected` or `found`, in UTF-16 code units: the longest that a check writes itself is a key and a hash. */
const LONGEST = 200

/**
 * A text as a verdict says it: one that a record wrote can move no cursor, turn no text around, fill no screen, and is
 * never empty (AR-VERD-005).
 * @param longest in UTF-16 code units; what is longer ends in an ellipsis
 */
export const shown = (text: string, longest: number = LONGEST): string => {
  // An escape is never shorter than what it stands for.
  const escaped = escapeUnprintable(text.slice(0, longest + 1))
  if (escaped === '') return 'nothing'
  if (escaped.length <= longest) return escaped
  let kept = ''
  for (const character of text) {
    const next = kept + escapeUnprintable(character)
    if (next.length >= longest) break
    kept = next
  }
  return `${kept}…`
}
