import type { Style } from '@agent-run/core/text'
import type { Outcome } from '../outcome.ts'
import type { Appearance } from '../settings.ts'
import type { Tally } from './report.ts'

/** What came of all inputs. */
export interface VerifySummary {
  readonly tally: Tally
  readonly files: number
  readonly codes: readonly string[]
  /** Wall-clock time in milliseconds. */
  readonly durationMs: number
  readonly exitCode: number
}

/**
 * Turns outcomes into text. Each outcome by itself, so that it can be done in any thread; what stands around them is
 * added at the end of all or, where the format allows it, before the first.
 */
export interface VerifyFormat {
  /** @param brief one of many: a line where the format leaves the choice */
  outcome(outcome: Outcome, brief: boolean): string
  /** What stands between two outcomes. */
  readonly separator: string
  /** Whether what stands before the outcomes needs to know the sums. */
  readonly sumsFirst: boolean
  before(summary: VerifySummary | undefined): string
  after(summary: VerifySummary): string
}

/** Makes a format. */
export type CreateVerifyFormat = (appearance: Appearance, style: Style) => VerifyFormat
