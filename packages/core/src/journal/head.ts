import { digestText } from '../hash/index.ts'
import { checkSignature } from '../seal/check-signature.ts'
import { isObject, type JsonObject } from '../semantics/object.ts'
import type { JournalRule } from './finding.ts'
import type { ChainedLine } from './open.ts'

/** What a signed head speaks of: the journal before it. */
export interface HeadContext {
  /** Data of line 0. */
  readonly start: JsonObject
  readonly before: Pick<ChainedLine, 'seq' | 'digest'> | undefined
  /** Number of steps that ended. */
  readonly size: number
  /** Root of the tree over them, 32 bytes. */
  readonly root: () => Uint8Array
}

/** What is wrong with a member of a head. */
export interface HeadFault {
  readonly code: JournalRule
  readonly member: string
  readonly expected: string
  readonly found: string
}

/** What a head that is to be signed says, without `at`, `signed_by` and `signature` (AR-JRNL-007). */
export const headOf = ({ start, before, size, root }: HeadContext): JsonObject => ({
  run_id: start.id,
  nonce: isObject(start.provenance) ? start.provenance.nonce : undefined,
  seq: before?.seq,
  head: before?.digest,
  steps_count: size,
  steps_root: digestText(root()),
})

/** What is wrong with a head: another key, a wrong signature, or that it tells of another journal (AR-JRNL-005 to AR-JRNL-007). */
export const headFaults = (head: JsonObject, context: HeadContext): HeadFault[] => {
  const faults: HeadFault[] = []
  const key = isObject(context.start.provenance) ? context.start.provenance.signed_by : undefined
  if (head.signed_by !== key)
    faults.push({
      code: 'journal.head_key',
      member: 'signed_by',
      expected: typeof key === 'string' ? key : 'no head, since run.started names no key',
      found: String(head.signed_by),
    })
  if (checkSignature('head', head) !== 'pass')
    faults.push({
      code: 'journal.head_signature',
      member: 'signature',
      expected: 'a signature of this head by the key in signed_by',
      found: 'a signature that is not right',
    })
  for (const [member, value] of Object.entries(headOf(context)))
    if (head[member] !== value)
      faults.push({
        code: 'journal.head_mismatch',
        member,
        expected: 'what the lines before say',
        found: 'something else',
      })
  return faults
}
