import { printable } from '../http/show.ts'
import type { Fault, Level } from '../record/index.ts'
import type { CaseOutcome } from '../suite/index.ts'

/** The level that a finished record reaches. */
export interface Reached {
  readonly origin: string
  readonly level: Level
  readonly missing: readonly Fault[]
  /** It says to which version of the standard it keeps. What does not is a record of 0.1 (AR-VER-001). */
  readonly versioned: boolean
}

const LEVELS = [
  { level: 'recorded', requirement: 'AR-LEVEL-001', capability: 'core' },
  { level: 'sealed', requirement: 'AR-LEVEL-002', capability: 'sealed' },
  { level: 'accountable', requirement: 'AR-LEVEL-003', capability: 'accountable' },
] as const
const ORDER: readonly Level[] = ['none', 'recorded', 'sealed', 'accountable']
const SHOWN = 5

/**
 * Whether every finished record reaches the level that is asked for, one outcome for it and each below. Of higher ones
 * nothing is said. A level is one of the profile that is asked for: a record of 0.1 reaches none, but is looked at where
 * nobody asks.
 * @param gaps what could not be judged, one sentence each: it may be what reaches less
 * @param unseen capabilities that a runtime of the level shows, and this one didn't
 */
export const levelOutcomes = (
  reached: readonly Reached[],
  asked: string | undefined,
  unseen: readonly string[],
  gaps: readonly string[] = [],
): readonly CaseOutcome[] =>
  upTo(asked).map(({ level, requirement, capability }) => {
    const isOld = ({ versioned }: Reached): boolean => asked !== undefined && !versioned
    const short = reached.filter((each) => isOld(each) || ORDER.indexOf(each.level) < ORDER.indexOf(level))
    const messages = short.slice(0, SHOWN).map((each) => {
      const { origin, level: found, missing } = each
      if (isOld(each) && found !== 'none')
        return printable(`${origin} has no spec_version: it is a record of 0.1, which reaches no level of this profile`)
      const first = missing[0]
      const why =
        first === undefined ? '' : `: ${first.code}${first.path === '' ? '' : ` at ${first.path}`}, ${first.message}`
      return printable(`${origin} reaches ${found}${why}`)
    })
    if (short.length > SHOWN) messages.push(`and ${short.length - SHOWN} more`)
    const missing = [
      ...gaps.slice(0, SHOWN),
      ...(reached.length === 0 ? ['no finished record came'] : []),
      ...(level === asked && unseen.length > 0 ? [`no record shows anything of ${unseen.join(', ')}`] : []),
    ]
    const status = short.length > 0 ? 'fail' : missing.length > 0 ? 'untestable' : 'pass'
    return {
      id: `emitter/level.${level}`,
      requirement,
      ...(capability === 'core' ? {} : { capability }),
      status,
      messages: status === 'untestable' ? missing : messages,
      seconds: 0,
    } satisfies CaseOutcome
  })

const upTo = (asked: string | undefined) =>
  LEVELS.slice(
    0,
    1 +
      Math.max(
        0,
        LEVELS.findIndex(({ level }) => level === asked),
      ),
  )
