import type { AgentRunError } from '@agent-run/core'
import type { JournalAck } from '@agent-run/types'
import { type Client, RequestError, type Wait } from '../client/index.ts'
import { type FileSystem, nodeFileSystem } from '../journal-file/index.ts'
import { idleWait } from './idle-wait.ts'
import { cutAfterLine, portion } from './journal-sender.ts'
import { isFinal } from './refusal.ts'

/** What a feed sends. */
export interface JournalFeedOptions {
  readonly client: Pick<Client, 'appendEvents'>
  readonly runId: string
  /** The journal's file, which grows. */
  readonly path: string
  /** Told once, when the server will not take this journal. */
  readonly onRefused: (error: AgentRunError) => void
  readonly files?: FileSystem
  readonly wait?: Wait
  readonly random?: () => number
}

/** How far a feed has come. */
export type FeedState =
  | { readonly state: 'acknowledged'; readonly ack: JournalAck }
  | { readonly state: 'behind'; readonly error: unknown }
  | { readonly state: 'refused'; readonly error: AgentRunError }

/**
 * Sends a journal to a server while it grows. The file is all it remembers: what could not be sent is read again. Nobody
 * waits for it; whoever writes the file only says that there is more.
 */
export interface JournalFeed {
  /** There is more in the file. Returns at once, and nothing happens before the caller has gone on. */
  poke(): void
  /** Sends what there is now. Resolves when the server has all of it, or cannot be reached. Never rejects. */
  settle(): Promise<FeedState>
  /** Stops sending. */
  stop(): void
}

/** Time to gather lines before they are sent, in milliseconds. */
const gathering = 100
const firstWait = 1000
const longestWait = 30_000
/** How often the server may say that it has other lines before that is believed. */
const mostForks = 3

/** Begins with the first line: what the server has already it skips. */
export function createJournalFeed(options: JournalFeedOptions): JournalFeed {
  const { client, runId, path, files = nodeFileSystem, wait = idleWait, random = Math.random } = options
  const controller = new AbortController()
  const { signal } = controller
  let offset = 0
  let ack: JournalAck | undefined
  let refusal: AgentRunError | undefined
  let forks = 0
  let failures = 0
  let sending: Promise<unknown> | undefined
  let hasMore = false
  let rests = false
  let alarm = new AbortController()

  /** Octets of whole lines behind the offset; none if there is no more. */
  const nextLines = (): Uint8Array => {
    for (let length = portion; ; length *= 2) {
      const part = files.readPart(path, offset, length)
      const cut = cutAfterLine(part, portion)
      // A line may be longer than a portion; where the file ends it is still being written.
      if (cut > 0 || part.length < length) return part.subarray(0, cut)
    }
  }

  const sendAll = async (): Promise<void> => {
    while (!signal.aborted) {
      hasMore = false
      const lines = nextLines()
      if (lines.length === 0) return
      try {
        ack = await client.appendEvents(runId, lines, { signal })
        offset += lines.length
        failures = 0
      } catch (error) {
        if (error instanceof RequestError && error.code === 'journal.fork' && ++forks < mostForks) offset = 0
        else throw error
      }
    }
  }

  const send = async (): Promise<unknown> => {
    try {
      await sendAll()
      return undefined
    } catch (error) {
      failures++
      if (isFinal(error) || isMissing(error)) {
        refusal = error as RequestError
        options.onRefused(refusal)
      }
      return error
    } finally {
      sending = undefined
    }
  }
  const start = (): Promise<unknown> => {
    sending ??= send()
    return sending
  }

  /** Waits a little, or longer after a failure, and sends. */
  const soon = async (): Promise<void> => {
    if (rests || refusal !== undefined || signal.aborted) return
    rests = true
    alarm = new AbortController()
    const most = Math.min(longestWait, firstWait * 2 ** Math.min(failures, 10))
    await wait(failures === 0 ? gathering : most / 2 + (random() * most) / 2, alarm.signal)
    rests = false
    if (signal.aborted || refusal !== undefined) return
    await start()
    if (hasMore || failures > 0) void soon()
  }

  return {
    poke() {
      hasMore = true
      void soon()
    },
    async settle() {
      alarm.abort()
      // What is on its way may have begun before the last lines were written.
      let error = await sending
      if (error === undefined && refusal === undefined) error = await start()
      if (refusal !== undefined) return { state: 'refused', error: refusal }
      return error === undefined && ack !== undefined ? { state: 'acknowledged', ack } : { state: 'behind', error }
    },
    stop() {
      controller.abort(new RequestError('client.unreachable', 'the feed was stopped'))
      alarm.abort()
    },
  }
}

/** The server has no journals, or is something else. */
const isMissing = (error: unknown): boolean =>
  error instanceof RequestError && (error.status === 404 || error.status === 405 || error.status === 501)
