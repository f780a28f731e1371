// Writers that never give up: whatever goes wrong, they send the same again, to the next server, until it is acknowledged.
import { setTimeout as sleep } from 'node:timers/promises'
import { createJournalWriter } from '@agent-run/core'

/** What has been acknowledged. */
export interface Acknowledged {
  /** Runs that were posted whole: id → ETag. */
  readonly runs: Map<string, string>
  /** Journals: id of the run → lines, each acknowledged. */
  readonly journals: Map<string, string[]>
  /** Requests that had to be sent again. */
  retries: number
}

/** Writers at work. */
export interface Writers {
  readonly acknowledged: Acknowledged
  /** Number of requests acknowledged so far. */
  count(): number
  /** Waits until so many are acknowledged. */
  reach(count: number): Promise<void>
  /** Lets each writer finish what it has begun. */
  stop(): Promise<void>
}

const TIMEOUT_MS = 20_000
const PAUSE_MS = 50
/** Longer than a restart takes on a machine that does much else. */
const STUCK_MS = 60_000
const at = '2026-01-01T00:00:00.000Z'

/** Starts writers; every fourth writes live runs, the others whole ones. */
export const startWriters = (urls: readonly string[], key: string, count: number): Writers => {
  const acknowledged: Acknowledged = { runs: new Map(), journals: new Map(), retries: 0 }
  let total = 0
  let isStopping = false

  const send = async (writer: number, path: string, type: string, body: string): Promise<Response> => {
    for (let tries = writer; ; tries++) {
      try {
        const response = await fetch(`${urls[tries % urls.length]}/api/v1${path}`, {
          method: 'POST',
          body,
          headers: { 'x-api-key': key, 'content-type': type },
          signal: AbortSignal.timeout(TIMEOUT_MS),
        })
        if (response.ok) {
          total++
          return response
        }
        const text = await response.text()
        if (response.status < 500) throw new Refused(`${path} was answered ${response.status}: ${text}`)
      } catch (error) {
        if (error instanceof Refused) throw error
        // No connection, or no answer in time.
      }
      acknowledged.retries++
      await sleep(PAUSE_MS)
    }
  }
  const writeRuns = async (writer: number): Promise<void> => {
    for (let n = 0; !isStopping; n++) {
      const id = `run ${writer}/${n}`
      const response = await send(writer, '/runs', 'application/json', JSON.stringify(wholeRun(id)))
      const { etag } = (await response.json()) as { readonly etag: string }
      acknowledged.runs.set(id, etag)
    }
  }
  const writeJournal = async (writer: number): Promise<void> => {
    const id = `live ${writer}`
    const journal = createJournalWriter()
    const lines: string[] = []
    acknowledged.journals.set(id, lines)
    for (let n = 0; !isStopping; n++) {
      const next = n === 0 ? journal.append('run.started', at, startOf(id)) : stepLines(journal, n)
      const body = next.map((line) => `${line}\n`).join('')
      await send(writer, `/runs/${encodeURIComponent(id)}/events`, 'application/x-ndjson', body)
      lines.push(...next)
    }
  }
  const work = Array.from({ length: count }, (_, n) => (n % 4 === 3 ? writeJournal(n) : writeRuns(n)))
  // Seen by stop().
  for (const each of work) each.catch(() => {})
  return {
    acknowledged,
    count: () => total,
    reach: async (wanted) => {
      const failed = Promise.all(work)
      let [last, since] = [total, Date.now()]
      while (total < wanted) {
        await Promise.race([sleep(20), failed])
        if (total > last) [last, since] = [total, Date.now()]
        if (Date.now() - since > STUCK_MS)
          throw new Error(`nothing was acknowledged for ${STUCK_MS} ms, after ${total}`)
      }
    },
    stop: async () => {
      isStopping = true
      await Promise.all(work)
    },
  }
}

/** The server says that the request is wrong: nothing that happened here may have that effect. */
class Refused extends Error {}

type JournalWriter = ReturnType<typeof createJournalWriter>

const startOf = (id: string): Record<string, unknown> => ({
  id,
  spec_version: '1.0',
  agent_id: 'writer',
  started_at: at,
  provenance: { nonce: '0'.repeat(32) },
})

const stepLines = (journal: JournalWriter, n: number): readonly string[] => [
  ...journal.append('step.started', at, { id: `s-${n}`, type: 'tool_call', tool_name: 'tool', started_at: at }),
  ...journal.append('step.ended', at, {
    id: `s-${n}`,
    type: 'tool_call',
    tool_name: 'tool',
    seq: n - 1,
    status: 'succeeded',
    started_at: at,
    ended_at: at,
  }),
]

const wholeRun = (id: string): Record<string, unknown> => ({
  id,
  agent_id: 'writer',
  status: 'completed',
  started_at: at,
  steps: [],
  cost: { input_tokens: 100, output_tokens: 50, cost_usd: 0.001 },
  provenance: { run_hash: '...' },
  metadata: { padding: 'x'.repeat(2_000) },
})
