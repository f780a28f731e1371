import type { Finding } from '../finding.ts'
import { createContext } from './context.ts'
import { isObject } from './object.ts'
import type { Report, Rule } from './rule.ts'
import { semanticRules } from './rules.ts'
import { isLegacy } from './version.ts'

/** How many findings are kept where the caller does not say. */
const LIMIT = 1000

/** What came of applying rules. */
export interface SemanticReport {
  /** In the order of the rules; at most as many as the limit. */
  readonly findings: Finding[]
  /** Number of findings beyond the limit. Errors are kept before warnings, so a record with one never looks clean. */
  readonly omitted: number
}

/**
 * Checks the semantic rules of a record that the schemas accept; of one that they don't, it checks what can be read
 * and never throws. Time grows linearly with the record.
 * @param run A parsed AgentRun. Without `spec_version` every finding is a warning. (AR-VER-001)
 * @param limit Most findings to return, errors before warnings.
 */
export const checkSemantics = (run: unknown, limit: number = LIMIT): Finding[] => reviewSemantics(run, limit).findings

/** The same as `checkSemantics`, and how many findings the limit left out. */
export const reviewSemantics = (run: unknown, limit: number = LIMIT): SemanticReport =>
  applyRules(semanticRules, run, limit)

/** Applies some of the rules only; see `checkSemantics`. */
export const applyRules = (applied: readonly Rule[], run: unknown, limit: number = LIMIT): SemanticReport => {
  if (!isObject(run)) return { findings: [], omitted: 0 }
  const context = createContext(run)
  const legacy = isLegacy(run)
  const kept: Record<Finding['severity'], { finding: Finding; order: number }[]> = { error: [], warning: [] }
  let count = 0
  let current: Rule
  const report: Report = (path, message, details) => {
    const order = count++
    const { code, requirement } = current
    const severity = legacy ? 'warning' : current.severity
    if (kept[severity].length < limit)
      kept[severity].push({ finding: { code, severity, path, message, requirement, ...details?.() }, order })
  }
  for (const rule of applied) {
    if (legacy && rule.since) continue
    current = rule
    rule.check(context, report)
  }
  if (count === 0) return { findings: [], omitted: 0 }
  const findings = [...kept.error, ...kept.warning]
    .slice(0, limit)
    .sort((a, b) => a.order - b.order)
    .map(({ finding }) => finding)
  return { findings, omitted: count - findings.length }
}
