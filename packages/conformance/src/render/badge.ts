import type { Report } from '../suite/index.ts'
import { isCompliant, type View, viewOf } from './view.ts'

/**
 * The JSON of a shields.io endpoint badge. Green only for a whole profile that is kept: a run of some cases, or one whose
 * failures are in a baseline, never looks compliant.
 */
export const renderBadge = (report: Report): string => {
  const view = viewOf(report)
  const { role, profile } = view.report
  const badge = { schemaVersion: 1, label: `agent-run ${profile} ${role}`, ...contentOf(view) }
  return `${JSON.stringify(badge, null, 2)}\n`
}

const contentOf = (view: View): { readonly message: string; readonly color: string } => {
  const { kept, scored, report } = view
  const { verdict, level, only } = report
  if (isCompliant(report))
    return { message: level === null ? 'compliant' : `compliant: ${level}`, color: 'brightgreen' }
  if (verdict === 'untested') return { message: 'not proven', color: 'lightgrey' }
  if (only.length > 0) return { message: 'partly tested', color: 'lightgrey' }
  const share = scored === 0 ? 0 : kept / scored
  return { message: `${kept} of ${scored}`, color: share >= 0.9 ? 'yellow' : share >= 0.5 ? 'orange' : 'red' }
}
