import { Failure } from '../failure.ts'
import { printable } from '../http/show.ts'

/**
 * Whether a case is selected by `--only`: patterns are requirement ids, case ids or beginnings of case ids, with `*` for any
 * characters. Without patterns everything is.
 */
export const isSelected = (
  patterns: readonly string[],
  { id, requirement }: { readonly id: string; readonly requirement: string },
): boolean =>
  patterns.length === 0 ||
  patterns.some((pattern) => matches(pattern, requirement) || matches(pattern, id) || id.startsWith(`${pattern}/`))

/**
 * Those of the cases that `--only` selects.
 * @throws {Failure} for a pattern that selects none: a misspelt one would be a test of nothing
 */
export const selectCases = <T extends { readonly id: string; readonly requirement: string }>(
  patterns: readonly string[],
  cases: readonly T[],
): readonly T[] => {
  for (const pattern of patterns) {
    if (cases.some((each) => isSelected([pattern], each))) continue
    throw new Failure(`--only ${printable(pattern)}: there is no such case and no such requirement with cases`)
  }
  return cases.filter((each) => isSelected(patterns, each))
}

const matches = (pattern: string, text: string): boolean => {
  const [first = '', ...rest] = pattern.split('*')
  if (rest.length === 0) return pattern === text
  if (!text.startsWith(first)) return false
  let position = first.length
  for (const [index, part] of rest.entries()) {
    if (index === rest.length - 1) return text.length - part.length >= position && text.endsWith(part)
    const found = text.indexOf(part, position)
    if (found === -1) return false
    position = found + part.length
  }
  return true
}
