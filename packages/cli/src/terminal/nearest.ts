import { nearest } from '@agent-run/core/validate'

/** The candidate that was probably meant, whatever its capitals. Loads core: only for what a command's work imports. */
export function nearestName(word: string, candidates: Iterable<string>): string | undefined {
  const byLowerCase = new Map(Array.from(candidates, (name) => [name.toLowerCase(), name]))
  const wanted = word.toLowerCase()
  return byLowerCase.get(wanted) ?? byLowerCase.get(nearest(wanted, byLowerCase.keys()) ?? '')
}
