import type { Finding, Severity } from '../finding.ts'

/** Findings of one validation, bounded in number. */
export interface Collector {
  /** Takes a finding. `make` is called only if the finding is kept, so that what nobody sees costs nothing. */
  add(severity: Severity, make: () => Finding): void
  /** Counts findings that were left out before they came here. */
  omit(count: number): void
  /** Whether there was an error, kept or not. */
  hasErrors(): boolean
  /** Whether there was no error, what was kept, in the order in which it came, and how many findings were not. */
  finish(): { readonly ok: boolean; readonly findings: readonly Finding[]; readonly omitted: number }
}

/** A collector that keeps at most `limit` findings; errors push out warnings. */
export function createCollector(limit: number): Collector {
  const kept: Record<Severity, { finding: Finding; order: number }[]> = { error: [], warning: [] }
  let count = 0
  let before = 0
  let errors = false
  return {
    add(severity, make) {
      const order = count++
      if (severity === 'error') errors = true
      if (kept.error.length < limit && kept[severity].length < limit) kept[severity].push({ finding: make(), order })
    },
    omit(number) {
      before += number
    },
    hasErrors: () => errors,
    finish() {
      const findings = [...kept.error, ...kept.warning]
        .slice(0, limit)
        .sort((a, b) => a.order - b.order)
        .map(({ finding }) => finding)
      return { ok: !errors, findings, omitted: before + count - findings.length }
    },
  }
}
