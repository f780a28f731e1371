import { isOk, type Outcome } from '../outcome.ts'
import type { Appearance } from '../settings.ts'
import type { VerifyFormat } from './format.ts'
import { reasonsOf } from './reasons.ts'
import { emptyTally, type Report, type Tally } from './report.ts'

/** Writes outcomes down as they come and hands them over in small reports. */
export class ReportBuilder {
  readonly #format: VerifyFormat
  readonly #appearance: Appearance
  #texts: string[] = []
  #length = 0
  #outcomes = 0
  #full: string | undefined
  #tally: Tally = emptyTally()
  #codes = new Set<string>()
  #journalUsed = false

  constructor(format: VerifyFormat, appearance: Appearance) {
    this.#format = format
    this.#appearance = appearance
  }

  /** Characters that wait to be taken. */
  get length(): number {
    return this.#length
  }

  add(outcome: Outcome): void {
    const isGood = isOk(outcome)
    count(this.#tally, outcome, isGood)
    for (const { code } of reasonsOf(outcome)) this.#codes.add(code)
    if (isGood && this.#appearance.failedOnly) return
    this.#full = this.#outcomes === 0 ? this.#format.outcome(outcome, false) : undefined
    const text = this.#appearance.details && this.#full ? this.#full : this.#text(outcome)
    this.#outcomes++
    if (text === '') return
    this.#texts.push(text)
    this.#length += text.length
  }

  #text(outcome: Outcome): string {
    return this.#format.outcome(outcome, !this.#appearance.details)
  }

  /** A record is of the run that the given journal is of. */
  noteJournal(): void {
    this.#journalUsed = true
  }

  /** Everything since the last time. */
  take(): Report {
    const report: Report = {
      text: this.#texts.join(this.#format.separator),
      outcomes: this.#outcomes,
      full: this.#full,
      tally: this.#tally,
      codes: [...this.#codes],
      journalUsed: this.#journalUsed,
    }
    this.#texts = []
    this.#length = 0
    this.#outcomes = 0
    this.#full = undefined
    this.#tally = emptyTally()
    this.#codes.clear()
    return report
  }
}

const count = (tally: Tally, outcome: Outcome, isGood: boolean): void => {
  if (outcome.kind === 'record') {
    tally.records++
    if (isGood) tally.ok++
    tally.levels[outcome.verdict.level]++
  } else if (outcome.kind === 'step_proof') {
    tally.proofs++
    if (isGood) tally.proofsOk++
  } else if (outcome.severity === 'warning') tally.warnings++
  else {
    tally.problems++
    if (outcome.unusable) tally.unusable++
  }
}
