import { type JournalState, openJournal, type TakenLine } from '@agent-run/core'
import { problem, problemErrors } from '../app/problem.ts'
import type { NewJournalLine } from '../store/store.ts'
import { fork, nextPosition } from './journal-lines.ts'

/** Lines that follow what is stored. */
export interface TakenLines {
  readonly taken: readonly TakenLine[]
  readonly lines: readonly NewJournalLine[]
  /** Undefined if there is no chained line at all. */
  readonly state: JournalState | undefined
}

/**
 * Reads lines that are to follow a stored head.
 * @param runId the id in the path: run.started has to have it
 * @throws Problem 409 journal.fork, run.sealed; 422 journal.invalid with the codes of the rules (AR-HTTP-083)
 */
export const takeLines = (
  octets: readonly Uint8Array[],
  before: JournalState | undefined,
  runId: string,
): TakenLines => {
  const reader = openJournal(before)
  const taken: TakenLine[] = []
  const lines: NewJournalLine[] = []
  for (const line of octets) {
    const head = reader.state()
    const result = reader.take(line)
    if (!result.ok) throw refusal(result, head)
    if (result.line?.type === 'run.started' && result.line.data.id !== runId) throw otherRun(result)
    taken.push(result)
    lines.push({
      seq: result.line?.seq,
      name: result.line?.type ?? result.private?.private ?? '',
      octets: line,
      privateHashes: result.privateHashes,
    })
  }
  return { taken, lines, state: reader.state() }
}

const refusal = ({ findings }: TakenLine, head: JournalState | undefined): Error => {
  const codes = new Set(findings.map(({ code }) => code))
  if (codes.has('journal.after_seal')) return problem(409, 'run.sealed', { errors: problemErrors(findings) })
  if (codes.has('journal.seq') || codes.has('journal.chain'))
    return fork(nextPosition(head && { seq: head.seq, digest: head.head }))
  return problem(422, 'journal.invalid', { errors: problemErrors(findings) })
}

const otherRun = ({ line }: TakenLine): Error =>
  problem(422, 'journal.invalid', {
    detail: 'expected run.started of the run in the path',
    errors: [
      {
        code: 'journal.start',
        pointer: `/${line?.number ?? 0}/data/id`,
        message: 'found another id than that of the path',
        requirement: 'AR-JRNL-004',
      },
    ],
  })
