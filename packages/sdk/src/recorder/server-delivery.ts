import { canonicalize, digest } from '@agent-run/core'
import type { AgentRun } from '@agent-run/types'
import type { Client } from '../client/index.ts'
import { type FileSystem, nodeFileSystem } from '../journal-file/index.ts'
import { createJournalFeed, type FeedState, type Held, type Kept, type Spool } from '../spool/index.ts'
import type { Context } from './context.ts'
import { type Delivery, deliverBy, type Handed } from './delivery.ts'

/** What sends the record of one run to a server. */
export interface ServerDeliveryParts extends Pick<Context, 'faults' | 'within'> {
  readonly client: Client
  /** Keeps what cannot be sent. */
  readonly spool: Spool
  readonly runId: string
  /** File of the journal, if it is to be sent line by line. */
  readonly livePath: string | undefined
  readonly files: FileSystem | undefined
}

/** To a server: its record when it has ended, or its journal while it goes on. What cannot be sent is kept on the disk. */
export function deliverToServer(parts: ServerDeliveryParts): Delivery {
  const { client, faults, files = nodeFileSystem, livePath, runId, spool, within } = parts
  const feed =
    livePath === undefined
      ? undefined
      : createJournalFeed({
          client,
          runId,
          path: livePath,
          files,
          onRefused: ({ code, message }) =>
            faults.report(
              'recorder.live_failed',
              `the server does not take the journal while it grows: ${code}: ${message}`,
            ),
        })
  const direct = deliverBy(async (record) => ({ digest: (await client.postRun(record)).etag }), { faults, within })
  let kept: Kept | undefined
  let isDirect = false
  let sum = ''
  let acknowledged: string | undefined

  const guard = <T>(work: () => Promise<T>): Promise<T | undefined> =>
    faults.guardLater('recorder.transport_failed', 'the record cannot be sent', work)

  /** Whether the server has the record because it has its journal. */
  const isThereByJournal = (record: AgentRun, state: FeedState | undefined): boolean =>
    state?.state === 'acknowledged' &&
    (record.provenance.record_hash ?? undefined) === (state.ack.record_hash ?? undefined)

  /** The journal, while the feed sends it. */
  let held: Held | undefined
  const hold = (path: string): void => {
    held ??= faults.guard('recorder.transport_failed', 'the journal cannot be kept for sending', () =>
      spool.holdJournal(path),
    )
  }
  const keepRecord = (record: AgentRun): void => {
    kept ??= faults.guard('recorder.transport_failed', 'the record cannot be kept for sending', () => spool.add(record))
  }
  const keepJournal = (path: string): void => {
    kept ??= faults.guard('recorder.transport_failed', 'the journal cannot be kept for sending', () =>
      held === undefined ? spool.addJournal(files.read(path)) : held.release(),
    )
  }
  const dropJournal = (): void =>
    void faults.guard('recorder.transport_failed', 'the outbox cannot be written', () => held?.drop())

  /** Lets the feed finish; what it cannot send is left to the spool. */
  const isSentLive = async (record: AgentRun, path: string): Promise<boolean> => {
    hold(path)
    const state = feed && (await guard(() => within('the server', feed.settle())))
    feed?.stop()
    const isThere = isThereByJournal(record, state)
    const wantsRecord = isWithoutJournals(state)
    if (isThere || wantsRecord) dropJournal()
    else keepJournal(path)
    if (wantsRecord) keepRecord(record)
    return isThere
  }

  const settle = async (): Promise<void> => {
    const entry = kept
    if (entry === undefined) return
    const settled = await guard(() => within('the server', entry.settled))
    if (settled?.state === 'acknowledged') acknowledged = sum
    if (settled?.state === 'waiting')
      faults.report(
        'recorder.transport_failed',
        `the server does not have the record yet (${reason(settled.error)}); it is kept in ${spool.path} and sent later`,
        settled.error,
      )
    if (settled?.state === 'refused')
      faults.report(
        'recorder.transport_failed',
        `the server refuses the record: ${reason(settled.error)}. It is set aside in ${spool.path}/refused`,
        settled.error,
      )
  }

  return {
    progressed: () => feed?.poke(),
    stop: () => feed?.stop(),
    keep(record) {
      try {
        if (livePath === undefined) kept = spool.add(record)
        else held = spool.holdJournal(livePath)
      } catch {
        // Tried again, and told, when the record stands in its own file.
      }
    },
    async take(record) {
      sum =
        faults.guard('recorder.transport_failed', 'the record has no digest', () => digest(canonicalize(record))) ?? ''
      if (livePath !== undefined && (await isSentLive(record, livePath))) {
        acknowledged = sum
        return
      }
      if (livePath === undefined) keepRecord(record)
      isDirect = kept === undefined
      // The disk is full, but the server may be there.
      if (isDirect) await direct.take(record)
      else await settle()
    },
    async flush() {
      if (isDirect) return direct.flush()
      const entry = kept
      if (acknowledged !== undefined) return { digest: acknowledged }
      if (entry === undefined) return {}
      await guard(() => within('the server', spool.flush()))
      return (
        faults.guard('recorder.transport_failed', 'the outbox cannot be read', (): Handed => {
          if (spool.state(entry) === 'acknowledged') acknowledged = sum
          const refused = spool.refusal(entry)
          return { ...(acknowledged && { digest: acknowledged }), ...(refused && { refused }) }
        }) ?? {}
      )
    },
  }
}

/** Whether the server takes no journals at all, so that it knows nothing of the run yet. */
const isWithoutJournals = (state: FeedState | undefined): boolean =>
  state?.state === 'refused' && /^(?:http\.(?:not_found|method_not_allowed)|client\.status)$/.test(state.error.code)

const reason = (error: unknown): string => {
  const { code, message } = (error ?? {}) as { readonly code?: unknown; readonly message?: unknown }
  return [code, message].filter((part) => typeof part === 'string').join(': ') || 'unknown error'
}
