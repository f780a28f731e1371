import { runHttpCases, type ServerCase } from '../../src/index.ts'
import { nameOf } from '../subjects/case-name.ts'
import { type Listening, startReference } from '../subjects/reference.ts'
import type { Mutant } from './mutant.ts'
import { startMutant } from './proxy.ts'
import { type Recording, record, touches } from './touched.ts'

/** A broken server and the cases that find it. */
export interface MatrixRow {
  readonly mutant: string
  readonly fault: string
  readonly killed_by: readonly string[]
}

/** Everything that a server can declare; what a mutant declares is its own affair. */
const CAPABILITIES = ['core', 'batch', 'journal', 'approvals', 'verify', 'proofs', 'query', 'erasure']

/** Seconds that a mutant may take for an answer. */
const PATIENCE = 4

/** Cases by the server that they need: with a key of its own, which most run on, or without. */
const byServer = (
  cases: readonly ServerCase[],
): readonly { readonly serverKey: boolean; readonly cases: readonly ServerCase[] }[] =>
  [true, false].map((serverKey) => ({
    serverKey,
    cases: cases.filter(({ needs }) => (needs?.server_key ?? true) === serverKey),
  }))

type Start = (options: { readonly serverKey: boolean }) => Promise<Listening>

/**
 * References that many mutants stand before, one at a time: cases touch no runs but their own, but events of others would
 * be seen on a stream.
 */
export const referencePool = (): { readonly start: Start; stop(): Promise<void> } => {
  const free = { withKey: [] as Listening[], withoutKey: [] as Listening[] }
  return {
    start: async ({ serverKey }) => {
      const kind = serverKey ? free.withKey : free.withoutKey
      const reference = kind.pop() ?? (await startReference({ serverKey }))
      return {
        ...reference,
        stop: async () => {
          kind.push(reference)
        },
      }
    },
    stop: async () => {
      for (const reference of [...free.withKey, ...free.withoutKey]) await reference.stop()
    },
  }
}

/** Those of the cases that fail on a mutant; each mutant has a reference of its own unless `start` says otherwise. */
export const playMutant = async (
  mutant: Mutant,
  cases: readonly ServerCase[],
  start: Start = startReference,
): Promise<readonly string[]> => {
  const failed: string[] = []
  for (const group of byServer(cases)) {
    if (group.cases.length === 0) continue
    const reference = await start(group)
    const proxy = await startMutant(mutant, reference)
    const { outcomes } = await runHttpCases({
      url: proxy.url,
      keys: proxy.keys,
      cases: group.cases,
      capabilities: CAPABILITIES,
      bounds: { seconds: PATIENCE },
    })
    failed.push(...outcomes.filter(({ status }) => status === 'fail').map(nameOf))
    await proxy.stop()
    await reference.stop()
  }
  return failed
}

/** Plays every case on every mutant that does anything else in it than the reference. */
export const computeMatrix = async (
  mutants: readonly Mutant[],
  cases: readonly ServerCase[],
): Promise<readonly MatrixRow[]> => {
  const references: Listening[] = []
  const recordings = new Map<string, { readonly recording: Recording; readonly reference: Listening }>()
  for (const group of byServer(cases)) {
    const reference = await startReference(group)
    references.push(reference)
    for (const [name, recording] of await record(group.cases, reference)) recordings.set(name, { recording, reference })
  }
  const rows = await inParallel(mutants, async (mutant) => {
    const touched: ServerCase[] = []
    for (const each of cases) {
      const { recording, reference } = recordings.get(each.name)!
      if (await touches(mutant, recording, reference)) touched.push(each)
    }
    return { mutant: mutant.name, fault: mutant.fault, killed_by: (await playMutant(mutant, touched)).toSorted() }
  })
  for (const reference of references) await reference.stop()
  return rows
}

/** Does something for each item, a few at a time; results stand in the order of the items. */
export const inParallel = async <T, R>(items: readonly T[], act: (item: T) => Promise<R>): Promise<R[]> => {
  const results: R[] = []
  const waiting = [...items.entries()]
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) results[next[0]] = await act(next[1])
  }
  await Promise.all(Array.from({ length: 4 }, work))
  return results
}
