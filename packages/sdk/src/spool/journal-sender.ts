import { AgentRunError, digest } from '@agent-run/core'
import type { JournalAck } from '@agent-run/types'
import { type CallOptions, type Client, RequestError } from '../client/index.ts'

const lineFeed = 0x0a

/** Most octets of one request, unless a single line is longer. */
export const portion: number = 1024 * 1024

/** How often a journal is sent anew when the server seems to have another head: what was on its way may have arrived. */
const mostForks = 3

/**
 * Where to cut so many octets of whole lines off; 0 if there is no whole line.
 * @param octets begins at the beginning of a line
 */
export function cutAfterLine(octets: Uint8Array, most: number): number {
  const within = octets.lastIndexOf(lineFeed, Math.min(most, octets.length) - 1)
  return (within < 0 ? octets.indexOf(lineFeed) : within) + 1
}

/** Which run a journal tells of, and the digest of its last chained line. @throws AgentRunError `spool.unreadable` */
export function describeJournal(octets: Uint8Array): { readonly runId: string; readonly head: string } {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const read = (line: Uint8Array): { readonly seq?: unknown; readonly data?: { readonly id?: unknown } } => {
    try {
      return JSON.parse(decoder.decode(line)) ?? {}
    } catch {
      return {}
    }
  }
  const end = octets.lastIndexOf(lineFeed) + 1
  const runId = read(octets.subarray(0, Math.max(0, octets.indexOf(lineFeed)))).data?.id
  for (let stop = end - 1; stop >= 0; ) {
    const start = stop === 0 ? 0 : octets.lastIndexOf(lineFeed, stop - 1) + 1
    const line = octets.subarray(start, stop)
    if (typeof read(line).seq === 'number' && typeof runId === 'string') return { runId, head: digest(line) }
    stop = start - 1
  }
  throw new AgentRunError(
    'spool.unreadable',
    'what is to be sent is no journal; expected lines that begin with run.started',
  )
}

/**
 * Sends a journal whole, in portions; what the server has it skips.
 * @throws RequestError, also if what it has in the end is not this journal
 */
export async function sendJournal(
  client: Pick<Client, 'appendEvents'>,
  octets: Uint8Array,
  options: CallOptions = {},
): Promise<JournalAck> {
  const { runId, head } = describeJournal(octets)
  for (let forks = 1; ; forks++) {
    try {
      let ack: JournalAck | undefined
      for (let at = 0; at < octets.length; ) {
        const length = cutAfterLine(octets.subarray(at), portion)
        if (length === 0) break
        ack = await client.appendEvents(runId, octets.subarray(at, at + length), options)
        at += length
      }
      if (ack?.head === head) return ack
      throw new RequestError('client.digest', 'the server acknowledged another head than that of the journal')
    } catch (error) {
      if (!(error instanceof RequestError) || error.code !== 'journal.fork' || forks === mostForks) throw error
    }
  }
}
