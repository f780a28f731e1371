import type { Fact } from '@agent-run/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Store } from '../../../src/store/store.ts'
import { seed } from '../../seed.ts'
import { listAll } from './listing.ts'
import { Model } from './model.ts'
import { makeAppend, makeDocument, makeEvent, makeLine, makePrivateLine, makeRun, stateAt } from './runs.ts'
import type { Bench, TestClock } from './subject.ts'

/** Something done to a store and to the model, which must answer alike. */
type Operation = (subject: { store: Store; tenant: string; model: Model; clock: TestClock }) => Promise<void>

const ids = ['a', 'b', 'c', 'd']
const anyId = fc.constantFrom(...ids)
const anyFact: fc.Arbitrary<Fact> = fc.record({
  kind: fc.constantFrom('tag' as const, 'tool' as const, 'status' as const),
  value: fc.constantFrom('x', 'y', 'running'),
})
const anyFacts = fc.array(anyFact, { maxLength: 4 })
const anyStart = fc.constantFrom(null, '2025-01-01T00:00:00Z', '2025-01-01T01:00:00+01:00', '2026-03-01T00:00:00.5Z')
const anyRun = fc
  .record({
    id: anyId,
    agent: fc.constantFrom('agent', 'other'),
    content: fc.constantFrom(1, 2),
    startedAt: anyStart,
    recordHash: fc.constantFrom(undefined, 'hash 1', 'hash 2'),
    facts: anyFacts,
    documents: fc.array(fc.constantFrom(makeDocument('eval', '', 1), makeDocument('statement', 's', 2)), {
      maxLength: 2,
    }),
  })
  .map(({ id, recordHash, ...shape }) => makeRun(id, recordHash === undefined ? shape : { ...shape, recordHash }))

const insert = fc.record({ run: anyRun, key: fc.constantFrom(undefined, 'k', 'l') }).map(
  ({ run, key }): Operation =>
    async ({ store, tenant, model }) => {
      const options = key === undefined ? {} : { idempotency: { key, requestDigest: run.etag } }
      expect(await store.insertRuns(tenant, [run], options)).toEqual([model.insertRun(run, options)])
    },
)

const replace = fc.record({ next: anyRun, right: fc.boolean() }).map(
  ({ next, right }): Operation =>
    async ({ store, tenant, model }) => {
      const found = model.readRun(next.id)
      const etag = right && found !== undefined && found.state !== 'erased' ? found.etag : 'another'
      const change = { events: [makeEvent(next.id, 'run.updated')] }
      expect(await store.replaceRun(tenant, etag, next, change)).toBe(model.replaceRun(etag, next, change))
    },
)

const append = fc
  .record({
    id: anyId,
    from: fc.constantFrom('head', 'start', 'elsewhere'),
    count: fc.nat(2),
    startedAt: anyStart,
    addFacts: anyFacts,
    dropFacts: anyFacts,
    replaceFacts: fc.option(anyFacts, { nil: undefined }),
    announce: fc.constantFrom([], ['h1'], ['h1', 'h2']),
    reveal: fc.constantFrom([], ['h1'], ['h2', 'h1']),
    sealed: fc.option(anyRun, { nil: undefined, freq: 4 }),
  })
  .map(({ id, from, count, announce, reveal, sealed, replaceFacts, ...given }): Operation => {
    return async ({ store, tenant, model }) => {
      const found = model.readRun(id)
      const head = found?.state === 'live' || found?.state === 'stored' ? (found.journal?.seq ?? -1) : -1
      const first = from === 'head' ? head + 1 : from === 'start' ? 0 : head + 2
      const last = first + count
      const plain = makeAppend(id, first, last, given)
      const seal = sealed && makeRun(id, { content: sealed.etag, facts: sealed.facts, documents: sealed.documents })
      const journal = {
        ...plain,
        lines: [
          ...plain.lines.map((line) => (line.seq === first ? makeLine(first, line.name, announce) : line)),
          ...reveal.map((hash) => makePrivateLine(hash)),
        ],
        state: stateAt(id, last, seal !== undefined),
        ...(replaceFacts === undefined ? {} : { replaceFacts }),
        ...(seal === undefined ? {} : { sealed: seal, summary: seal.summary }),
      }
      expect(await store.appendJournal(tenant, journal)).toEqual(model.appendJournal(journal))
    }
  })

const add = fc
  .record({
    id: anyId,
    content: fc.nat(2),
    topic: fc.constantFrom('', 's'),
    seen: fc.option(fc.nat(2), { nil: undefined }),
  })
  .map(
    ({ id, content, topic, seen }): Operation =>
      async ({ store, tenant, model }) => {
        const document = makeDocument('decision', topic, content)
        const change = { events: [makeEvent(id, 'run.eval_attached')] }
        expect(await store.addDocument(tenant, id, document, change, seen)).toBe(
          model.addDocument(id, document, change, seen),
        )
      },
  )

const erase = fc.record({ id: anyId, whole: fc.boolean(), next: anyRun }).map(
  ({ id, whole, next }): Operation =>
    async ({ store, tenant, model }) => {
      const found = model.readRun(id)
      const tombstone = makeDocument('statement', 'erased', id)
      const known = found !== undefined && found.state !== 'erased' ? found : undefined
      const erasure = whole
        ? ({ scope: 'record', tombstone } as const)
        : ({
            scope: 'private',
            etag: known?.etag ?? '',
            next: makeRun(id, { content: next.etag, facts: next.facts }),
            documents: [
              { ...makeDocument('decision', '', 'redacted'), replaces: makeDocument('decision', '', 1).digest },
            ],
            tombstone,
          } as const)
      expect(await store.eraseRun(tenant, id, erasure, {})).toBe(model.eraseRun(id, erasure, {}))
    },
)

const wait = fc.nat(3).map(
  (milliseconds): Operation =>
    async ({ clock }) => {
      clock.advance(milliseconds)
    },
)

const anyOperations = fc.array(
  fc.oneof({ weight: 4, arbitrary: insert }, { weight: 5, arbitrary: append }, replace, add, erase, wait),
  {
    minLength: 5,
    maxLength: 40,
  },
)

/** Everything that can be asked is answered alike. */
const compare = async (store: Store, tenant: string, model: Model): Promise<void> => {
  for (const id of ids) {
    expect(await store.readRun(tenant, id)).toEqual(model.readRun(id))
    const entry = model.entries.get(id)
    expect(await store.readJournal(tenant, id, { after: -1, limit: 1_000 })).toMatchObject(
      (entry?.lines ?? []).map(({ seq, name, octets }) => ({ seq, name, octets })),
    )
    for (const kind of ['eval', 'statement', 'decision'] as const) {
      expect(await store.readDocuments(tenant, id, kind)).toEqual(
        (entry?.documents ?? []).filter((document) => document.kind === kind),
      )
    }
  }
  const facts: Pick<Fact, 'kind' | 'value'>[][] = [
    [],
    [{ kind: 'tag', value: 'x' }],
    [{ kind: 'tool', value: 'y' }],
    [{ kind: 'status', value: 'running' }],
    [
      { kind: 'tag', value: 'x' },
      { kind: 'tool', value: 'x' },
    ],
    [{ kind: 'record_hash', value: 'hash 1' }],
  ]
  for (const wanted of facts) {
    const found = model.listRuns({ facts: wanted })
    expect(await listAll(store, tenant, { facts: wanted }, 2)).toEqual(found.map(({ id }) => id))
    expect(await store.countRuns(tenant, { facts: wanted }, 9)).toBe(found.length)
  }
  expect((await store.listRuns(tenant, { facts: [] }, { limit: 9 })).items).toEqual(model.listRuns({ facts: [] }))
  expect((await store.listFactValues(tenant, 'tag', { limit: 9 })).items).toEqual(model.listFactValues('tag'))
  expect(await store.readEvents(tenant, 0, 1_000)).toEqual(model.events)
}

export const testAgainstModel = ({ store, tenant, clock }: Bench): void => {
  it('answers as a plain model in memory does', async () => {
    await fc.assert(
      fc.asyncProperty(anyOperations, async (operations) => {
        const subject = { store: store(), tenant: tenant(), model: new Model(clock.now), clock }
        for (const operation of operations) await operation(subject)
        await compare(subject.store, subject.tenant, subject.model)
      }),
      { numRuns: 60, seed },
    )
  })
}
