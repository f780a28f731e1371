import { foldName } from './fold.ts'
import { longestCompared, matchesGlob } from './glob.ts'
import { liesWithin } from './paths.ts'
import type { ArgumentTest, Scalar } from './policy-file.ts'
import { isOddPath, leadsUp, spellingsOf } from './spellings.ts'

/**
 * Whether the arguments of a call meet all tests of a rule. In doubt a rule that refuses or asks is about the call, and one
 * that allows is not: an argument that is written twice in different cases, a path with another spelling, a value that is no
 * text where a text is expected.
 *
 * @param lenient whether doubt counts as a match: for `deny` and `ask`
 * @param folder what relative paths are relative to, absolute; unknown unless given
 */
export function meetsTests(
  tests: Readonly<Record<string, ArgumentTest>>,
  args: unknown,
  lenient: boolean,
  folder: string | undefined,
): boolean {
  const meets = (test: ArgumentTest, value: unknown): boolean => meetsTest(test, value, lenient, folder)
  const given = typeof args === 'object' && args !== null && !Array.isArray(args) ? Object.entries(args) : []
  return Object.entries(tests).every(([name, test]) => {
    const wanted = foldName(name)
    const values = given.filter(([each]) => each === name || foldName(each) === wanted)
    if (lenient) return values.some(([, value]) => meets(test, value))
    const [only, another] = values
    return only !== undefined && another === undefined && only[0] === name && meets(test, only[1])
  })
}

const meetsTest = (test: ArgumentTest, value: unknown, lenient: boolean, folder: string | undefined): boolean => {
  if (Array.isArray(value))
    return lenient
      ? value.some((each) => meetsTest(test, each, lenient, folder))
      : value.length > 0 && value.every((each) => !Array.isArray(each) && meetsTest(test, each, lenient, folder))
  // Nobody knows what the tool makes of it.
  if (typeof value === 'object' && value !== null) return lenient
  const scalar = value as Scalar
  if (!lenient) return 'within' in test ? isWithin(test.within, scalar, folder) : isOneOf(test.anyOf, scalar)
  if (typeof value === 'string') {
    if (value.length > longestCompared) return true
    const list = listIn(value)
    if (list !== undefined && meetsTest(test, list, lenient, folder)) return true
  }
  return 'within' in test
    ? mayBeWithin(test.within, scalar, folder)
    : test.anyOf.some((wanted) => mayBe(wanted, scalar, folder))
}

const isOneOf = (wanted: readonly Scalar[], value: Scalar): boolean =>
  wanted.some((each) => {
    if (typeof each !== 'string' || typeof value !== 'string') return each === value
    return value.length <= longestCompared && matchesGlob(each, value) && !leadsUp(value)
  })

const isWithin = (folders: readonly string[], value: Scalar, root: string | undefined): boolean =>
  typeof value === 'string' &&
  value.length <= longestCompared &&
  !isOddPath(value) &&
  folders.some((folder) => liesWithin(folder, value, root).every((is) => is === true))

const mayBe = (wanted: Scalar, value: Scalar, root: string | undefined): boolean => {
  if (wanted === value || String(wanted) === String(value)) return true
  if (typeof wanted === 'boolean') return (booleanIn(value) ?? wanted) === wanted
  if (typeof wanted === 'number') return typeof value === 'string' && numberIn(value) === wanted
  if (wanted === null) return false
  if (typeof value !== 'string') return matchesGlob(wanted, String(value))
  const patterns = [wanted, ...(root === undefined ? [] : [`${root}/${wanted}`])]
  return spellingsOf(value, root).some((spelling) =>
    patterns.some((pattern) => matchesGlob(pattern, spelling) || matchesGlob(foldName(pattern), foldName(spelling))),
  )
}

const mayBeWithin = (folders: readonly string[], value: Scalar, root: string | undefined): boolean =>
  typeof value !== 'string' ||
  // Who knows where somebody else's home folder is.
  /^\s*[~$]/.test(value) ||
  spellingsOf(value, root).some((spelling) =>
    folders.some((folder) =>
      [liesWithin(folder, spelling, root), liesWithin(foldName(folder), foldName(spelling), root && foldName(root))]
        .flat()
        .some((is) => is !== false),
    ),
  )

/** Words that many readers take for a truth value; `undefined` for what none does. */
const booleanIn = (value: Scalar): boolean | undefined => {
  const word = foldName(String(value))
  if (['true', 't', 'yes', 'y', 'on', '1'].includes(word)) return true
  return ['false', 'f', 'no', 'n', 'off', '0'].includes(word) ? false : undefined
}

const numberIn = (value: string): number => (value.trim() === '' ? Number.NaN : Number(value.replaceAll('_', '')))

/** The list that a text is when it is read as JSON, as servers do where they expect a list. */
const listIn = (value: string): unknown[] | undefined => {
  if (!value.trimStart().startsWith('[')) return undefined
  try {
    const list: unknown = JSON.parse(value)
    // Deeper than anybody's arguments: nobody knows what a tool makes of it.
    if (value.split('[').length > 1000) return [{}]
    return Array.isArray(list) ? list : undefined
  } catch {
    return undefined
  }
}
