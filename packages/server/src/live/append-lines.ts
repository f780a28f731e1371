import type { JournalAck } from '@agent-run/types'
import { tooLarge } from '../app/body.ts'
import type { AppContext } from '../app/context.ts'
import { problem } from '../app/problem.ts'
import type { AppendResult, StoredRun } from '../store/store.ts'
import type { LiveState } from './increment.ts'
import { fork, newLines, nextPosition, splitLines } from './journal-lines.ts'
import { octetsOf, prepareAppend } from './prepare-append.ts'
import { countersignatureOf } from './statements.ts'

/** A journal says a step at its beginning and at its end: it may have this many times the octets of a record. */
const JOURNAL_BODIES = 4

/** Attempts to append while others write to the same run. */
const ATTEMPTS = 4

/**
 * Takes lines of the journal of a run: those that are stored already are passed over, the others checked against the head
 * and stored together, or none of them (AR-HTTP-080 to AR-HTTP-087). A line costs the same however long the run is.
 * @throws Problem 409 journal.fork, run.exists, run.sealed; 410 run.erased; 413; 422 journal.invalid, journal.fold, record.invalid
 */
export const appendLines = async (
  context: AppContext,
  tenant: string,
  id: string,
  octets: Uint8Array,
): Promise<JournalAck> => {
  const lines = splitLines(octets, context.limits)
  if (lines.length === 0) throw problem(422, 'journal.invalid', { detail: 'expected at least one line' })
  for (let attempt = 1; ; attempt++) {
    const answer = await appendOnce(context, tenant, id, lines)
    if ('seq' in answer) return answer
    if (attempt === ATTEMPTS) throw fork(nextPosition('head' in answer ? answer.head : undefined))
  }
}

/** Somebody else has written meanwhile: what holds now is seen by reading again. */
type Overtaken = Extract<AppendResult, { readonly outcome: 'fork' | 'exists' | 'sealed' | 'erased' }>

const appendOnce = async (
  context: AppContext,
  tenant: string,
  id: string,
  lines: readonly Uint8Array[],
): Promise<JournalAck | Overtaken> => {
  const { store } = context
  const run = await store.readRun(tenant, id)
  if (run?.state === 'erased') throw problem(410, 'run.erased')
  const state = run?.journal as LiveState | undefined
  if (run !== undefined && state === undefined) throw problem(409, 'run.exists')
  const fresh = await newLines(store, tenant, id, state, lines)
  if (run !== undefined && state !== undefined) {
    if (fresh.length === 0) return acknowledge(context, tenant, run, state)
    if (state.sealed) throw problem(409, 'run.sealed')
  }
  refuseLong(octetsOf(state, fresh), JOURNAL_BODIES * context.limits.body_octets)
  const { append, ack } = await prepareAppend(context, tenant, id, run, fresh)
  // What a seal makes is a record like one that is posted.
  if ((append.sealed?.body.length ?? 0) > context.limits.body_octets) throw tooLarge(context.limits.body_octets)
  const result = await store.appendJournal(tenant, append)
  if (result.outcome === 'appended') return ack
  if (result.outcome === 'private') throw unknownPrivate(lines.indexOf(fresh[result.index] as Uint8Array))
  return result
}

/** Whoever reads a live run reads its whole journal. */
const refuseLong = (octets: number, limit: number): void => {
  if (octets > limit)
    throw problem(413, 'body.too_large', { detail: `expected a journal of at most ${limit} octets in all`, limit })
}

const unknownPrivate = (line: number): Error =>
  problem(422, 'journal.invalid', {
    errors: [
      {
        code: 'journal.private',
        pointer: `/${line}`,
        message: 'found another hash, expected a private_hash of the chain',
        requirement: 'AR-JRNL-008',
      },
    ],
  })

/** The answer to lines that were all stored before. */
const acknowledge = async (
  { store }: AppContext,
  tenant: string,
  run: StoredRun,
  { seq, head, status }: LiveState,
): Promise<JournalAck> => {
  const ack = { run_id: run.id, seq, head, status: status as JournalAck['status'] }
  if (run.recordHash === undefined) return ack
  const received = await countersignatureOf(store, tenant, run.id, run.recordHash)
  return { ...ack, record_hash: run.recordHash, ...(received === undefined ? {} : { received }) }
}
