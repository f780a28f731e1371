import type { Finding } from '../finding.ts'

/** Rules about a journal by itself and beside a record, in the order in which failures are looked for, and their requirements. */
export const journalRules = {
  'journal.line': 'AR-JRNL-001',
  'journal.seq': 'AR-JRNL-002',
  'journal.chain': 'AR-JRNL-003',
  'journal.start': 'AR-JRNL-004',
  'journal.head_key': 'AR-JRNL-005',
  'journal.head_signature': 'AR-JRNL-006',
  'journal.head_mismatch': 'AR-JRNL-007',
  'journal.private': 'AR-JRNL-008',
  'journal.after_seal': 'AR-JRNL-009',
  'journal.discarded': 'AR-JRNL-010',
  'journal.fold': 'AR-JRNL-011',
  'journal.head': 'AR-JRNL-012',
} as const

/** Code of a rule about journals. */
export type JournalRule = keyof typeof journalRules

/** What was expected and what was found, in words or as a hash, a number or a key; never a payload, a salt or a signature. */
export interface Difference {
  /**
   * JSON Pointer. Of a fault in a line it starts with the number of the line in the file, from 0: `/12/prev`. Of `journal.fold`
   * and `journal.head` it is the place in the record.
   */
  readonly path: string
  readonly expected: string
  readonly found: string
}

/** A fault of a journal, with its line in the file from 1 and the offset in bytes at which that line begins. */
export interface JournalFinding extends Finding, Difference {
  readonly code: JournalRule
  readonly line: number
  readonly octet: number
}

/** A finding from its parts. */
export const journalFinding = (
  code: JournalRule,
  place: { readonly number: number; readonly octet: number },
  difference: Difference,
): JournalFinding => ({
  code,
  severity: 'error',
  path: difference.path,
  message: `found ${difference.found}, expected ${difference.expected}`,
  requirement: journalRules[code],
  expected: difference.expected,
  found: difference.found,
  line: place.number + 1,
  octet: place.octet,
})
