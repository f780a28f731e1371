import { canonicalize, digest, type Fact, type JournalState } from '@agent-run/core'
import type { JournalAppend, NewDocument, NewEvent, NewJournalLine, NewRun } from '../../../src/store/store.ts'

const encoder = new TextEncoder()

/** What differs between the runs of a test. */
export interface RunShape {
  readonly agent?: string
  readonly startedAt?: string | null
  /** Anything that makes the record another one under the same id. */
  readonly content?: unknown
  readonly sealed?: boolean
  readonly recordHash?: string
  readonly facts?: readonly Fact[]
  readonly score?: NewRun['score']
  readonly documents?: readonly NewDocument[]
  readonly events?: readonly NewEvent[]
  readonly eval?: unknown
}

/** A run as the receiving side prepares it, without a real record behind it: a store does not look inside. */
export const makeRun = (id: string, shape: RunShape = {}): NewRun => {
  const { agent = 'agent', startedAt = '2026-01-01T00:00:00Z', content = null, sealed = false } = shape
  const record = { id, agent, startedAt, content }
  const body = encoder.encode(canonicalize(shape.eval === undefined ? record : { ...record, eval: shape.eval }))
  const recordHash = shape.recordHash ?? (sealed ? digest(canonicalize({ record: id })) : undefined)
  return {
    id,
    body,
    etag: digest(body),
    documentHash: digest(canonicalize({ document: record })),
    contentDigest: digest(canonicalize(record)),
    recordHash,
    summary: summaryOf(id, agent, startedAt, 'completed'),
    facts: [{ kind: 'agent_id', value: agent }, { kind: 'status', value: 'completed' }, ...(shape.facts ?? [])],
    score: shape.score,
    documents: shape.documents ?? [],
    events: shape.events ?? [makeEvent(id, 'run.created', content)],
  }
}

const summaryOf = (id: string, agent: string, startedAt: string | null, status: 'completed' | 'running') => ({
  id,
  agent_id: agent,
  status,
  started_at: startedAt,
  live: status === 'running',
  sealed: false,
  level: 'recorded' as const,
  steps_count: 0,
  run_hash: digest(agent).slice('sha256:'.length),
})

export const makeEvent = (runId: string, type: NewEvent['type'], content: unknown = null): NewEvent => ({
  type,
  runId,
  data: encoder.encode(canonicalize({ runId, type, content })),
})

export const makeDocument = (kind: NewDocument['kind'], topic: string, content: unknown): NewDocument => {
  const body = encoder.encode(canonicalize({ kind, topic, content }))
  return { kind, topic, body, digest: digest(body) }
}

/** A chained line. */
export const makeLine = (seq: number, name = 'step.ended', privateHashes: readonly string[] = []): NewJournalLine => ({
  seq,
  name,
  octets: encoder.encode(canonicalize({ seq, name })),
  privateHashes,
})

/** A private line. */
export const makePrivateLine = (hash: string, content: unknown = null): NewJournalLine => ({
  seq: undefined,
  name: hash,
  octets: encoder.encode(canonicalize({ private: hash, content })),
  privateHashes: [],
})

/** Head of a test's journal after a line. */
export const headAt = (seq: number): { readonly seq: number; readonly digest: string } => ({
  seq,
  digest: digest(`line ${seq}`),
})

/** What a journal says after a line. */
export const stateAt = (id: string, seq: number, sealed = false): JournalState => ({
  seq,
  head: headAt(seq).digest,
  run_id: id,
  nonce: 'AAAAAAAAAAAAAAAAAAAAAA',
  steps: { count: seq, nodes: [] },
  status: sealed ? 'completed' : 'running',
  sealed,
})

/** Lines `from` … `to` of a live run; `from` 0 begins it. */
export const makeAppend = (
  id: string,
  from: number,
  to: number,
  given: Partial<JournalAppend> & Pick<RunShape, 'agent' | 'startedAt'> = {},
): JournalAppend => {
  const { agent = 'agent', startedAt = '2026-01-01T00:00:00Z', ...rest } = given
  const last = Math.max(to, from - 1)
  return {
    id,
    expected: from === 0 ? undefined : headAt(from - 1),
    lines: Array.from({ length: to - from + 1 }, (_, index) =>
      makeLine(from + index, from + index === 0 ? 'run.started' : 'step.ended'),
    ),
    state: stateAt(id, last),
    summary: { ...summaryOf(id, agent, startedAt, 'running'), steps_count: last },
    etag: digest(`${id} ${last}`),
    addFacts:
      from === 0
        ? [
            { kind: 'agent_id', value: agent },
            { kind: 'status', value: 'running' },
          ]
        : [],
    dropFacts: [],
    events: [makeEvent(id, from === 0 ? 'run.created' : 'run.updated', last)],
    ...rest,
  }
}
