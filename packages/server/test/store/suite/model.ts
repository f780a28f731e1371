import { type Fact, type RunFilter, sortInstant } from '@agent-run/core'
import type {
  AppendResult,
  Change,
  ErasedRun,
  Erasure,
  FactValue,
  FirstOutcome,
  InsertOptions,
  InsertResult,
  JournalAppend,
  JournalRow,
  NewDocument,
  NewEvent,
  NewRun,
  RunHead,
  StoredDocument,
  StoredEvent,
  StoredRun,
} from '../../../src/store/store.ts'

interface Entry {
  readonly order: number
  readonly receivedAt: string
  run: Pick<NewRun, 'id' | 'etag' | 'recordHash' | 'summary'> & {
    readonly facts: readonly Pick<Fact, 'kind' | 'value'>[]
  }
  stored: Pick<NewRun, 'body' | 'documentHash' | 'contentDigest'> | undefined
  journal: JournalAppend['state'] | undefined
  documents: StoredDocument[]
  lines: JournalRow[]
  announced: Set<string>
}

/** What a store means, written as plainly as possible: lists that are searched and sorted, for one tenant. */
export class Model {
  readonly entries = new Map<string, Entry>()
  readonly erased = new Map<string, ErasedRun>()
  readonly events: StoredEvent[] = []
  readonly #idempotency = new Map<
    string,
    {
      readonly id: string
      readonly digest: string
      readonly head: RunHead
      readonly first: FirstOutcome
    }
  >()
  readonly #clock: () => string
  #count = 0

  constructor(clock: () => string) {
    this.#clock = clock
  }

  insertRun(run: NewRun, options: InsertOptions = {}): InsertResult {
    const { idempotency } = options
    const known = idempotency && this.#idempotency.get(idempotency.key)
    if (known !== undefined) {
      if (known.digest !== idempotency?.requestDigest) return { outcome: 'key_reused' }
      return { outcome: 'replayed', first: known.first, run: known.head }
    }
    const result = this.#insert(run)
    if (idempotency !== undefined && (result.outcome === 'created' || result.outcome === 'same')) {
      this.#idempotency.set(idempotency.key, {
        id: run.id,
        digest: idempotency.requestDigest,
        head: result.run,
        first: result.outcome,
      })
    }
    return result
  }

  #insert(run: NewRun): InsertResult {
    const entry = this.entries.get(run.id)
    if (entry !== undefined) {
      if (entry.stored?.contentDigest === run.contentDigest) return { outcome: 'same', run: headOf(entry) }
      const variant = run.recordHash !== undefined && entry.run.recordHash === run.recordHash
      return { outcome: variant ? 'variant' : 'conflict', run: headOf(entry) }
    }
    if (this.erased.has(run.id)) return { outcome: 'erased' }
    const created = this.#create(run)
    created.stored = run
    this.#addDocuments(created, run.documents)
    this.#tell(run.events)
    return { outcome: 'created', run: headOf(created) }
  }

  readRun(id: string): StoredRun | ErasedRun | undefined {
    const entry = this.entries.get(id)
    if (entry === undefined) return this.erased.get(id)
    return {
      state: entry.stored === undefined ? 'live' : 'stored',
      ...headOf(entry),
      body: entry.stored?.body ?? new Uint8Array(),
      summary: summaryOf(entry),
      journal: entry.journal,
    }
  }

  listRuns({ facts, since, until }: RunFilter): StoredRun['summary'][] {
    return [...this.entries.values()]
      .filter((entry) => facts.every((fact) => hasFact(entry, fact)))
      .filter(
        (entry) => (since === undefined || timeOf(entry) >= since) && (until === undefined || timeOf(entry) < until),
      )
      .sort(newestFirst)
      .map(summaryOf)
  }

  listFactValues(kind: Fact['kind']): FactValue[] {
    const newest = new Map<string, FactValue>()
    for (const entry of [...this.entries.values()].sort(newestFirst)) {
      for (const fact of entry.run.facts) {
        if (fact.kind !== kind || newest.has(fact.value)) continue
        newest.set(fact.value, { value: fact.value, lastRunId: entry.run.id, lastAt: timeOf(entry) })
      }
    }
    return [...newest.values()].sort((one, other) => (one.value < other.value ? -1 : 1))
  }

  replaceRun(etag: string, next: NewRun, change: Change): 'replaced' | 'changed' | 'unknown' {
    const entry = this.entries.get(next.id)
    if (entry === undefined) return this.erased.has(next.id) ? 'changed' : 'unknown'
    if (entry.stored === undefined || entry.run.etag !== etag) return 'changed'
    entry.run = next
    entry.stored = next
    this.#addDocuments(entry, next.documents)
    this.#tell(change.events ?? [])
    return 'replaced'
  }

  addDocument(id: string, document: NewDocument, change: Change, seen?: number) {
    const entry = this.entries.get(id)
    if (entry === undefined) return 'unknown'
    if (entry.documents.some((each) => each.digest === document.digest)) return 'same'
    const there = entry.documents.filter(({ kind, topic }) => kind === document.kind && topic === document.topic)
    if (seen !== undefined && seen !== there.length) return 'changed'
    this.#addDocuments(entry, [document])
    this.#tell(change.events ?? [])
    return 'added'
  }

  appendJournal(append: JournalAppend): AppendResult {
    const known = this.entries.get(append.id)
    if (known === undefined) {
      if (this.erased.has(append.id)) return { outcome: 'erased' }
      if (append.expected !== undefined) return { outcome: 'fork', head: undefined }
    } else {
      if (known.journal === undefined) return { outcome: 'exists' }
      if (known.stored !== undefined) return { outcome: 'sealed' }
      const { seq, head } = known.journal
      if (append.expected?.seq !== seq || append.expected.digest !== head) {
        return { outcome: 'fork', head: { seq, digest: head } }
      }
    }
    const announced = new Set(known?.announced)
    for (const [index, line] of append.lines.entries()) {
      for (const hash of line.privateHashes) announced.add(hash)
      if (line.seq === undefined && !announced.has(line.name)) return { outcome: 'private', index }
    }
    const run = {
      id: append.id,
      etag: append.etag,
      recordHash: undefined,
      summary: append.summary,
      facts: append.addFacts,
    }
    const entry = known ?? this.#create(run)
    entry.announced = announced
    entry.journal = append.state
    for (const { seq, name, octets } of append.lines) {
      entry.lines.push({ number: entry.lines.length, seq, name, octets })
    }
    const dropped = (fact: Pick<Fact, 'kind' | 'value'>) =>
      append.dropFacts.some(({ kind, value }) => kind === fact.kind && value === fact.value)
    const facts = [...entry.run.facts.filter((fact) => !dropped(fact)), ...append.addFacts]
    entry.run = { ...run, facts: append.replaceFacts ?? facts }
    if (append.sealed !== undefined) {
      entry.run = { ...append.sealed, facts: append.replaceFacts ?? append.sealed.facts }
      entry.stored = append.sealed
      this.#addDocuments(entry, append.sealed.documents)
    }
    this.#tell(append.events)
    return { outcome: 'appended' }
  }

  eraseRun(id: string, erasure: Erasure, change: Change): 'erased' | 'changed' | 'unknown' | 'already' {
    const entry = this.entries.get(id)
    if (entry === undefined) return this.erased.has(id) ? 'already' : 'unknown'
    for (const [key, known] of this.#idempotency) if (known.id === id) this.#idempotency.delete(key)
    if (erasure.scope === 'private') {
      if (entry.stored === undefined || entry.run.etag !== erasure.etag) return 'changed'
      entry.run = erasure.next
      entry.stored = erasure.next
      entry.lines = entry.lines.filter(({ seq }) => seq !== undefined)
      entry.documents = entry.documents.map((document) => {
        const next = erasure.documents.find(({ replaces }) => replaces === document.digest)
        if (next === undefined) return document
        const { kind, topic, body, digest } = next
        return { kind, topic, body, digest, receivedAt: document.receivedAt }
      })
      this.#addDocuments(entry, [
        ...(erasure.tombstone === undefined ? [] : [erasure.tombstone]),
        ...erasure.next.documents,
      ])
    } else {
      this.entries.delete(id)
      this.erased.set(id, { state: 'erased', erasedAt: this.#clock(), tombstone: erasure.tombstone?.body })
      for (const [index, event] of this.events.entries()) {
        if (event.runId === id)
          this.events[index] = { ...event, data: new TextEncoder().encode(JSON.stringify({ id })) }
      }
    }
    this.#tell(change.events ?? [])
    return 'erased'
  }

  #create(run: Entry['run']): Entry {
    const entry: Entry = {
      order: ++this.#count,
      receivedAt: this.#clock(),
      run,
      stored: undefined,
      journal: undefined,
      documents: [],
      lines: [],
      announced: new Set(),
    }
    this.entries.set(run.id, entry)
    return entry
  }

  #addDocuments(entry: Entry, documents: readonly NewDocument[]): void {
    for (const { kind, topic, body, digest } of documents) {
      if (entry.documents.some((each) => each.digest === digest)) continue
      entry.documents.push({ kind, topic, body, digest, receivedAt: this.#clock() })
    }
  }

  #tell(events: readonly NewEvent[]): void {
    for (const event of events) this.events.push({ ...event, position: this.events.length + 1, at: this.#clock() })
  }
}

const headOf = ({ run, stored, receivedAt }: Entry): RunHead => ({
  id: run.id,
  etag: run.etag,
  documentHash: stored?.documentHash ?? '',
  contentDigest: stored?.contentDigest ?? '',
  recordHash: run.recordHash,
  runHash: run.summary.run_hash ?? '',
  receivedAt,
})

const summaryOf = ({ run, receivedAt }: Entry): StoredRun['summary'] => ({ ...run.summary, received_at: receivedAt })

const timeOf = ({ run, receivedAt }: Entry): string => sortInstant(run.summary.started_at ?? receivedAt)

const newestFirst = (one: Entry, other: Entry): number => {
  const [left, right] = [timeOf(one), timeOf(other)]
  return left === right ? other.order - one.order : left < right ? 1 : -1
}

const hasFact = ({ run }: Entry, { kind, value }: Pick<Fact, 'kind' | 'value'>): boolean =>
  run.facts.some((fact) => fact.kind === kind && fact.value === value) ||
  (kind === 'record_hash' && run.recordHash === value)
