import { createHash, type Hash } from 'node:crypto'
import { digest } from '@agent-run/core'
import type { ExportedRun, ExportPosition, Store } from '../store/store.ts'

/** What a store holds, as numbers and digests that are equal exactly if the contents are. */
export interface Totals {
  readonly runs: number
  readonly documents: number
  readonly lines: number
  readonly erased: number
  /** SHA-256 over tenant, id and digest of every body, each computed from the octets. */
  readonly bodies_digest: string
  /** … over every eval, statement and decision. */
  readonly documents_digest: string
  /** … over every journal line. */
  readonly journals_digest: string
  /** … over what is left of erased runs. */
  readonly erasures_digest: string
  /** Runs whose body is not what their etag says, or whose document is not what its digest says. */
  readonly damaged: readonly ExportPosition[]
}

/** Totals that grow run by run, in the order of an export. */
export interface GrowingTotals {
  add(exported: ExportedRun): void
  end(): Totals
}

export const startTotals = (): GrowingTotals => {
  const [bodies, documents, journals, erasures] = [hash(), hash(), hash(), hash()]
  const counts = { runs: 0, documents: 0, lines: 0, erased: 0 }
  const damaged: ExportPosition[] = []
  return {
    add: (exported) => {
      const { tenant, id, run } = exported
      if (run.state === 'erased') {
        counts.erased++
        update(erasures, [tenant, id, run.tombstone === undefined ? '' : digest(run.tombstone)])
        return
      }
      counts.runs++
      const found = digest(run.body)
      if (isDamaged(exported, found)) damaged.push({ tenant, id })
      update(bodies, [tenant, id, run.state, found, run.etag])
      for (const document of byKind(exported)) {
        counts.documents++
        update(documents, [tenant, id, document.kind, document.topic, digest(document.body)])
      }
      for (const line of exported.journal) {
        counts.lines++
        update(journals, [tenant, id, `${line.seq ?? ''}`, digest(line.octets)])
      }
    },
    end: () => ({
      ...counts,
      bodies_digest: end(bodies),
      documents_digest: end(documents),
      journals_digest: end(journals),
      erasures_digest: end(erasures),
      damaged,
    }),
  }
}

/** Totals of a store, or of one tenant. */
export const totalsOf = async (store: Store, tenant?: string, onRun: () => void = () => {}): Promise<Totals> => {
  const totals = startTotals()
  for await (const exported of everyRun(store, tenant)) {
    totals.add(exported)
    onRun()
  }
  return totals.end()
}

/** Runs in memory at a time: few, because each may be as large as a body may be. */
const PAGE = 20

/** Every run of a store, or of one tenant, by tenant and id. */
export async function* everyRun(store: Store, tenant?: string): AsyncGenerator<ExportedRun> {
  let after: ExportPosition | undefined = tenant === undefined ? undefined : { tenant, id: '' }
  for (;;) {
    const page: readonly ExportedRun[] = await store.exportRuns(after, PAGE)
    for (const exported of page) {
      if (tenant !== undefined && exported.tenant !== tenant) return
      yield exported
    }
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) return
    after = { tenant: last.tenant, id: last.id }
  }
}

const DIGESTS = ['bodies_digest', 'documents_digest', 'journals_digest', 'erasures_digest'] as const

/** Whether two stores hold the same. */
export const equalTotals = (one: Omit<Totals, 'damaged'>, other: Omit<Totals, 'damaged'>): boolean =>
  DIGESTS.every((name) => one[name] === other[name])

/** Totals as lines to read. */
export const totalLines = (totals: Totals): readonly string[] => [
  `runs       ${totals.runs}  ${totals.bodies_digest}`,
  `documents  ${totals.documents}  ${totals.documents_digest}`,
  `journals   ${totals.lines} lines  ${totals.journals_digest}`,
  `erased     ${totals.erased}  ${totals.erasures_digest}`,
  ...(totals.damaged.length === 0 ? [] : [`damaged    ${totals.damaged.length}`]),
]

const isDamaged = ({ run, documents }: ExportedRun, found: string): boolean =>
  (run.state === 'stored' && found !== run.etag) || documents.some(({ body, digest: said }) => digest(body) !== said)

/** Documents of a kind keep their order; how the kinds are mixed says nothing. */
const byKind = ({ documents }: ExportedRun): ExportedRun['documents'] =>
  documents.toSorted((one, other) => (one.kind < other.kind ? -1 : one.kind > other.kind ? 1 : 0))

const hash = (): Hash => createHash('sha256')
// Topics may hold anything: as JSON the parts cannot run into one another.
const update = (to: Hash, parts: readonly string[]): void => void to.update(`${JSON.stringify(parts)}\n`)
const end = (of: Hash): string => `sha256:${of.digest('hex')}`
