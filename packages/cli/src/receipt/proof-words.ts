import type { Facts } from './facts.ts'
import type { Check } from './proof.ts'

/** The sign before a rung. */
export const checkMarks: Readonly<Record<Check['result'], string>> = {
  pass: '✓',
  fail: '✗',
  absent: '–',
  unchecked: '·',
}

/** What the ladder means, in plain sentences. It never says that a record can be trusted. */
export function proofRemarks({ proof, source, decisions }: Facts): string[] {
  const seal = proof.find(({ check }) => check === 'record')
  const remarks = [
    seal?.result === 'unchecked'
      ? 'Checked here, offline. The seal is there, but this version does not check it: it proves nothing yet.'
      : 'Checked here, offline. Nothing seals this record: whoever had it could have changed it.',
  ]
  if (decisions.approvals.some(({ event }) => event === 'approved' || event === 'denied')) {
    remarks.push('Who approved or denied is what the record claims: this version checks no signatures.')
  }
  if (source) {
    const { format, adapter, digest, range, times } = source
    const what = [range, digest === undefined ? undefined : `of ${digest.slice(0, 19)}…`].filter(Boolean).join(' ')
    const by = adapter === undefined ? '' : ` by ${adapter}`
    const clock = times === undefined ? '' : `; times ${clocks[times] ?? times}`
    remarks.push(
      `Converted from ${format}${by}${what ? ` (${what})` : ''}${clock}. Approvals and effects are as good as that source.`,
    )
  }
  return remarks
}

const clocks: Readonly<Record<string, string>> = {
  recorded: 'as recorded',
  inferred: 'inferred',
  mixed: 'partly inferred',
  absent: 'not recorded',
}
