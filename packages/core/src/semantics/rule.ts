import type { Finding, Severity } from '../finding.ts'
import type { Context } from './context.ts'

/** Takes what a check found. `details` is called only if the finding is kept. */
export type Report = (path: string, message: string, details?: () => Pick<Finding, 'allowed' | 'suggestion'>) => void

/** What is known about a rule without running it. */
export interface RuleInfo {
  /** Dotted, stable code of its findings. */
  readonly code: string
  /** Severity for a 1.0 record; for a record without `spec_version` every finding is a warning. (AR-VER-001) */
  readonly severity: Severity
  /** Id of the normative sentence that the rule checks. */
  readonly requirement: string
  /** What the rule demands, in one line. */
  readonly summary: string
  /** Present on a rule that is not applied to a record without `spec_version`, which could not know it. */
  readonly since?: '1.0'
}

/** A rule that goes beyond what a schema can say. */
export interface Rule extends RuleInfo {
  readonly check: (context: Context, report: Report) => void
}
