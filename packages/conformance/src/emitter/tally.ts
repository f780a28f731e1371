import { printable } from '../http/show.ts'
import { type CheckInfo, checks, type Fault, type Judgement } from '../record/index.ts'
import type { CaseOutcome, RoleProfile } from '../suite/index.ts'
import { comparisonChecks } from './comparisons.ts'

/** Checks that every record gives occasion to. */
const ALWAYS = /^(json\.|schema\.(minimum|status|run|cost)$)/
/** Characters of one message. */
const LONGEST = 600
/** Places that the messages of one case name. */
const SHOWN = 5

const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text)

/**
 * Holds a runtime to capabilities that somebody asked for by name: of each of their sentences something has to be seen. What
 * would not apply to another runtime is untestable then.
 */
export const demand = (
  outcomes: readonly CaseOutcome[],
  { requirements }: RoleProfile,
  named: ReadonlySet<string>,
): readonly CaseOutcome[] => {
  const seen = new Set(
    outcomes.filter(({ status }) => status === 'pass' || status === 'fail').map(({ requirement }) => requirement),
  )
  return outcomes.map((each) =>
    each.status === 'not_applicable' &&
    named.has(requirements[each.requirement]?.capability ?? '') &&
    !seen.has(each.requirement)
      ? { ...each, status: 'untestable' }
      : each,
  )
}

interface Entry {
  compared: boolean
  faults: number
  readonly messages: string[]
}

const severities = new Map([...checks, ...comparisonChecks].map(({ code, severity }) => [code, severity]))

const isExcused = ({ check, severity }: Fault): boolean => severity === 'warning' && severities.get(check) === 'error'

/** Adds the judgements of all records and journals of a runtime up, check by check. */
export class Tally {
  readonly capabilities: Set<string> = new Set()
  readonly looked: Set<string> = new Set()
  readonly #entries = new Map<string, Entry>()

  /** Adds what was found in one record or journal. */
  add(judgement: Pick<Judgement, 'faults' | 'compared' | 'looked' | 'capabilities'>, origin: string): void {
    for (const name of judgement.capabilities) this.capabilities.add(name)
    for (const id of judgement.looked) this.looked.add(id)
    // A rule of meaning that a 0.1 record breaks is not kept and not broken: 0.1 did not know it.
    const excused = new Set(judgement.faults.filter(isExcused).map(({ check }) => check))
    for (const code of judgement.compared) if (!excused.has(code)) this.#entry(code).compared = true
    for (const fault of judgement.faults) {
      const { check, path, message } = fault
      if (isExcused(fault)) continue
      const entry = this.#entry(check)
      entry.faults++
      if (entry.messages.length < SHOWN)
        entry.messages.push(cut(printable(`${origin} ${path === '' ? 'as a whole' : `at ${path}`}: ${message}`)))
    }
  }

  /**
   * One outcome for each check. What nothing gave occasion to is not applicable, unless every readable record gives occasion
   * to it: then it is untestable.
   */
  outcomes(asking: readonly CheckInfo[], { requirements }: RoleProfile): readonly CaseOutcome[] {
    return asking.flatMap(({ code, requirement, summary, ...check }): readonly CaseOutcome[] => {
      const capability = requirements[requirement]?.capability ?? check.capability
      const about = capability === 'core' ? {} : { capability }
      const outcome = { id: `emitter/${code}`, requirement, ...about, seconds: 0 }
      const entry = this.#entries.get(code)
      if (entry !== undefined && entry.faults > 0) {
        const more = entry.faults - entry.messages.length
        const messages = more > 0 ? [...entry.messages, `and ${more} more of these`] : entry.messages
        return [{ ...outcome, status: 'fail' as const, messages }]
      }
      if (entry?.compared) return [{ ...outcome, status: 'pass' as const, messages: [] }]
      // Another check of the same sentence had something to compare: that one speaks for it.
      if (this.looked.has(requirement)) return []
      const status = ALWAYS.test(code) ? 'untestable' : 'not_applicable'
      return [{ ...outcome, status, messages: [`no record gave occasion to look at this: ${summary}`] }]
    })
  }

  /** What shows of the runtime: as the judge says, and what the looked at sentences belong to by the profile. */
  shown({ requirements }: RoleProfile): ReadonlySet<string> {
    const looked = [...this.looked].flatMap((requirement) => requirements[requirement]?.capability ?? [])
    return new Set([...this.capabilities, ...looked])
  }

  #entry(code: string): Entry {
    const known = this.#entries.get(code)
    if (known !== undefined) return known
    const entry: Entry = { compared: false, faults: 0, messages: [] }
    this.#entries.set(code, entry)
    return entry
  }
}
