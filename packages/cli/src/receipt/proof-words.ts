import type { Facts } from './facts.ts'
import type { Rung } from './proof.ts'

/** The sign before a rung. */
export const checkMarks: Readonly<Record<Rung['result'], string>> = {
  pass: '✓',
  fail: '✗',
  unknown: '?',
  absent: '–',
  skipped: '·',
}

/** What the ladder means, in plain sentences. It never says that a record can be trusted. */
export function proofRemarks({ proof, source, decisions }: Facts): string[] {
  const remarks = [`Checked here, offline. ${seals[proof.seal]}`]
  const hasDecisions = decisions.approvals.some(({ event }) => event === 'approved' || event === 'denied')
  if (hasDecisions && !proof.hasProvenDecisions)
    remarks.push('Who approved or denied is what the record claims: nobody you named as trusted has signed it.')
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

const seals: Readonly<Record<Facts['proof']['seal'], string>> = {
  signed: 'Sealed means that nothing was changed since, not that nothing was left out.',
  hashed: 'Sealed without a key: whoever had it could have changed it and sealed it anew.',
  broken: 'This is not what was sealed: agent-run verify says where.',
  none: 'Nothing seals this record: whoever had it could have changed it.',
}

const clocks: Readonly<Record<string, string>> = {
  recorded: 'as recorded',
  inferred: 'inferred',
  mixed: 'partly inferred',
  absent: 'not recorded',
}
