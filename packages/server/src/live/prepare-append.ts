import {
  describeRun,
  type Fact,
  foldJournal,
  type JournalState,
  openJournal,
  readJournal,
  type TakenLine,
} from '@agent-run/core'
import type { AgentRun, JournalAck, RunSummary } from '@agent-run/types'
import type { AppContext } from '../app/context.ts'
import { problem } from '../app/problem.ts'
import { indexFacts } from '../receive/prepare-run.ts'
import type { JournalAppend, StoredRun } from '../store/store.ts'
import { eventsOfChange } from '../stream/events-of-change.ts'
import { incrementOf, type LiveState } from './increment.ts'
import { journalOctets, journalRows } from './record.ts'
import { sealJournal } from './seal-journal.ts'
import { type TakenLines, takeLines } from './take-lines.ts'

/** What preparing lines takes from the app. */
export type AppendContext = Pick<AppContext, 'store' | 'clock' | 'trust' | 'serverKey'>

/** What is stored with some more lines, and what is answered once it is. */
export interface PreparedAppend {
  readonly append: JournalAppend
  readonly ack: JournalAck
}

const LINE_FEED = Buffer.from('\n')

/**
 * Checks lines that are to follow the stored ones and computes what follows from them.
 * @throws Problem 409 journal.fork; 422 journal.invalid, journal.fold, record.invalid
 */
export const prepareAppend = async (
  context: AppendContext,
  tenant: string,
  id: string,
  run: StoredRun | undefined,
  lines: readonly Uint8Array[],
): Promise<PreparedAppend> => {
  const before = run?.journal as LiveState | undefined
  const read = takeLines(lines, before, id)
  const { state } = read
  if (state === undefined) throw noBeginning()
  const octets = octetsOf(before, lines)
  const given = {
    id,
    expected: before && { seq: before.seq, digest: before.head },
    lines: read.lines,
    etag: state.head,
  }
  const ack = { run_id: id, seq: state.seq, head: state.head, status: state.status as JournalAck['status'] }
  const receivedAt = run?.receivedAt ?? context.clock()
  if (state.sealed) {
    const journal = await wholeJournal(context, tenant, run, lines)
    const { next, received, findings } = await sealJournal(context, journal, receivedAt)
    const { summary } = next
    return {
      append: {
        ...given,
        state: liveState(state, true, octets),
        summary,
        addFacts: [],
        dropFacts: [],
        replaceFacts: next.facts,
        sealed: next,
        events: eventsOfChange(run?.summary.status, summary),
      },
      ack: {
        ...ack,
        status: summary.status,
        ...(next.recordHash === undefined ? {} : { record_hash: next.recordHash }),
        // Findings are read-only here, and of a closed set of severities there.
        ...(findings.length === 0 ? {} : { findings: findings as NonNullable<JournalAck['findings']> }),
        ...(received === undefined ? {} : { received }),
      },
    }
  }
  const change = await describeChange(context, tenant, run, read, lines, receivedAt)
  return {
    append: {
      ...given,
      state: liveState(state, change.costGiven, octets),
      summary: change.summary,
      addFacts: change.addFacts,
      dropFacts: change.dropFacts,
      ...(change.replaceFacts === undefined ? {} : { replaceFacts: change.replaceFacts }),
      events: eventsOfChange(run?.summary.status, change.summary),
    },
    ack,
  }
}

/** Octets of a journal with some more lines, line feeds included. */
export const octetsOf = (state: LiveState | undefined, lines: readonly Uint8Array[]): number =>
  (state?.octets ?? 0) + lines.reduce((sum, line) => sum + line.length + 1, 0)

const liveState = (state: JournalState, costGiven: boolean, octets: number): LiveState => ({
  ...state,
  cost_given: costGiven,
  octets,
})

const noBeginning = (): Error =>
  problem(422, 'journal.invalid', {
    errors: [
      {
        code: 'journal.start',
        pointer: '',
        message: 'found no line, expected run.started',
        requirement: 'AR-JRNL-004',
      },
    ],
  })

/** Summary and facts of a live run after some more lines. */
interface ChangedDescription {
  readonly summary: RunSummary
  readonly addFacts: readonly Fact[]
  readonly dropFacts: readonly Pick<Fact, 'kind' | 'value'>[]
  readonly replaceFacts?: readonly Fact[]
  readonly costGiven: boolean
}

const describeChange = async (
  context: AppendContext,
  tenant: string,
  run: StoredRun | undefined,
  { taken }: TakenLines,
  lines: readonly Uint8Array[],
  receivedAt: string,
): Promise<ChangedDescription> => {
  if (run !== undefined) {
    const state = run.journal as LiveState
    const last = taken[0]?.line === undefined ? await lastLines(context, tenant, run.id, state) : []
    const increment = incrementOf({ summary: run.summary, state }, [...last, ...taken], last.length)
    if (increment !== undefined) return increment
  }
  return describeWhole(await wholeJournal(context, tenant, run, lines), receivedAt)
}

/** The last stored chained line and the private ones behind it: what comes now may belong to it. */
const lastLines = async (
  { store }: Pick<AppContext, 'store'>,
  tenant: string,
  id: string,
  { seq }: JournalState,
): Promise<readonly TakenLine[]> => {
  const found: TakenLine[] = []
  // It has been checked when it came: only its content counts.
  for await (const { octets } of journalRows(store, tenant, id, seq === 0 ? undefined : seq - 1))
    found.push(openJournal().take(octets))
  return found.slice(found.findIndex(({ line }) => line?.seq === seq))
}

const wholeJournal = async (
  { store }: Pick<AppContext, 'store'>,
  tenant: string,
  run: StoredRun | undefined,
  lines: readonly Uint8Array[],
): Promise<Uint8Array> =>
  Buffer.concat([
    ...(run === undefined ? [] : [await journalOctets(store, tenant, run)]),
    ...lines.flatMap((line) => [line, LINE_FEED]),
  ])

/** Describes a live run from all of its lines. Steps that have not ended are not counted yet. */
const describeWhole = (octets: Uint8Array, receivedAt: string): ChangedDescription => {
  const journal = readJournal(octets)
  const folded = foldJournal(journal, { live: true }).run
  if (folded === undefined) throw noBeginning()
  const run: AgentRun = { ...folded, steps: folded.steps.slice(0, journal.leaves.length) }
  const { summary, facts } = describeRun(run, { live: true })
  return {
    summary: { ...summary, received_at: receivedAt },
    addFacts: [],
    dropFacts: [],
    replaceFacts: indexFacts(facts),
    costGiven: journal.lines.some(
      ({ type, data }) => (type === 'run.started' || type === 'run.updated') && data.cost !== undefined,
    ),
  }
}
