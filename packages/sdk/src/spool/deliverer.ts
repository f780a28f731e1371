import { AgentRunError } from '@agent-run/core'
import { type Client, RequestError } from '../client/index.ts'
import { systemCode } from '../journal-file/index.ts'
import { sendJournal } from './journal-sender.ts'
import type { Entry, Outbox } from './outbox.ts'
import { isFinal, isOfOne } from './refusal.ts'

/** What delivers the files of an outbox. */
export interface DelivererParts {
  readonly client: Pick<Client, 'postRun' | 'appendEvents'>
  readonly outbox: Outbox
  /** Milliseconds after which something unsent is set aside. */
  readonly age: number
  readonly clock: () => number
  readonly signal: AbortSignal
  /** The whole journal of a record, if it is known. */
  readonly journalOf: (record: Uint8Array) => Uint8Array | undefined
  /** Whether somebody else in this process is sending it. */
  readonly isHeld: (name: string) => boolean
  /** The server has it, and it is no longer in the outbox. */
  readonly onSent: (name: string, content: Uint8Array) => void
  /** It was set aside. */
  readonly onRefused: (name: string, error: AgentRunError) => void
}

/**
 * Delivers what is in an outbox, oldest first, also what comes meanwhile.
 * @returns a function that rejects with what keeps it from going on; what concerns one file alone keeps only that one
 */
export function createDeliverer(parts: DelivererParts): () => Promise<void> {
  const { client, outbox, age, clock, signal } = parts

  const refuse = (name: string, error: AgentRunError): void => {
    const { problem, status }: Pick<RequestError, 'problem' | 'status'> = error instanceof RequestError ? error : {}
    const known = { code: error.code, message: error.message }
    outbox.setAside(name, { ...known, ...(status && { status }), ...(problem && { problem }) })
    parts.onRefused(name, error)
  }

  /** A server that knows the run by the beginning of its journal takes no record, but the rest of the journal. */
  const sendRecord = async (content: Uint8Array): Promise<void> => {
    try {
      await client.postRun(content, { signal })
    } catch (error) {
      const journal = isTaken(error) ? parts.journalOf(content) : undefined
      if (journal === undefined) throw error
      await sendJournal(client, journal, { signal }).catch((second: unknown) => {
        // What the server says of the record is the reason: it has another one, and not the beginning of this one.
        throw isFinal(second) ? error : second
      })
    }
  }

  const send = async ({ name, kind }: Entry, content: Uint8Array): Promise<void> => {
    try {
      if (kind === 'journal') await sendJournal(client, content, { signal })
      else await sendRecord(content)
    } catch (error) {
      const isUnreadable = error instanceof AgentRunError && error.code === 'spool.unreadable'
      if (isFinal(error) || isUnreadable) return refuse(name, error as AgentRunError)
      throw error
    }
    outbox.remove(name)
    parts.onSent(name, content)
  }

  const deliver = async (entry: Entry): Promise<void> => {
    const { at, name } = entry
    if (clock() - at > age) {
      const days = Math.round(age / 86_400_000)
      return refuse(name, new AgentRunError('spool.expired', `${name} was not sent for ${days} days and is set aside`))
    }
    const content = present(() => outbox.read(name))
    // Otherwise another process was faster.
    if (content !== undefined) await send(entry, content)
  }

  return async () => {
    const tried = new Set<string>()
    let skipped: unknown
    for (;;) {
      const entries = outbox.entries().filter(({ name }) => !tried.has(name) && !parts.isHeld(name))
      if (entries.length === 0 && skipped !== undefined) throw skipped
      if (entries.length === 0) return
      for (const entry of entries) {
        if (signal.aborted) return
        tried.add(entry.name)
        try {
          await deliver(entry)
        } catch (error) {
          if (!isOfOne(error)) throw error
          skipped = error
        }
      }
    }
  }
}

const isTaken = (error: unknown): boolean => error instanceof RequestError && error.code === 'run.exists'

/** Nothing where there is no such file any more. */
const present = <T>(read: () => T): T | undefined => {
  try {
    return read()
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined
    throw error
  }
}
