import type { AgentRun } from '@agent-run/types'
import { digestText, privateMembers, runHash } from '../hash/index.ts'
import { isObject, type JsonObject } from '../semantics/object.ts'
import { treeRoot } from '../tree/index.ts'
import { lowerBound } from './cost.ts'
import { type JournalFinding, journalFinding } from './finding.ts'
import { sealMembers } from './line.ts'
import type { ChainedLine } from './open.ts'
import { joinPrivate } from './private.ts'
import type { Journal } from './read.ts'
import { privateKinds } from './shape.ts'

/** Options of {@link foldJournal}. */
export interface FoldOptions {
  /** Whether the run is still going on, so that its status and its open steps stay as they are. False unless given. */
  readonly live?: boolean
}

/** What the lines of a journal add up to. */
export interface Fold {
  /** The record; absent if the journal has no sound beginning. */
  readonly run?: AgentRun
  /** What `run.sealed` says, where the journal goes so far. */
  readonly sealed?: JsonObject
  /** Steps that end a second time (AR-JRNL-011). */
  readonly findings: readonly JournalFinding[]
}

// Line types whose objects are gathered in a list of the run, and that list.
const LISTS: ReadonlyMap<string, string> = new Map([
  ['approval', 'approvals'],
  ['policy_decision', 'policy_decisions'],
  ['artifact', 'artifacts'],
  ['evidence', 'evidence'],
])
const OPEN = new Set<unknown>([undefined, 'pending', 'running'])

/**
 * Makes the record that a journal tells of, from its sound part (AR-JRNL-011). Objects are taken whole; private lines are
 * put back where they are, what was erased stays erased. Without `run.sealed` a run that was going on is `interrupted`,
 * unless it is said to be live, and steps that never ended come last. Time grows linearly.
 */
export const foldJournal = (journal: Journal, options: FoldOptions = {}): Fold => {
  const lines = journal.lines.slice(0, journal.sound.lines)
  if (lines.length === 0) return { findings: [] }
  const state = createState()
  for (const line of lines) state.add(line)
  return state.finish(journal, options.live ?? false)
}

const createState = () => {
  let run: Record<string, unknown> = {}
  let sealed: JsonObject | undefined
  const ended: JsonObject[] = []
  const endedIds = new Set<unknown>()
  const started = new Map<unknown, JsonObject>()
  const gathered = new Map<string, JsonObject[]>()
  const findings: JournalFinding[] = []

  return {
    add(line: ChainedLine): void {
      const { type, data } = line
      if (type === 'run.started') run = { ...data, status: data.status ?? 'running' }
      else if (type === 'run.updated') run = update(run, data)
      else if (type === 'run.paused') run.status = 'paused'
      else if (type === 'run.resumed') {
        const { ended_at: _, duration_ms: __, ...rest } = run
        run = { ...rest, status: 'running' }
      } else if (type === 'run.sealed') sealed = data
      else if (type === 'step.started') started.set(data.id, data)
      else if (type === 'step.ended') {
        if (endedIds.has(data.id))
          findings.push(
            journalFinding('journal.fold', line, {
              path: `/steps/${ended.length}`,
              expected: 'a step to end once',
              found: 'a step that had ended',
            }),
          )
        endedIds.add(data.id)
        ended.push(data)
      } else {
        const list = gathered.get(type)
        if (list !== undefined) list.push(data)
        else if (LISTS.has(type)) gathered.set(type, [data])
      }
    },

    finish({ privates, leaves }: Journal, live: boolean): Fold {
      const closed = sealed !== undefined || !live
      if (closed && OPEN.has(run.status)) run = { ...run, status: 'interrupted', ended_at: run.ended_at ?? null }
      const open = [...started.values()].filter(({ id }) => !endedIds.has(id))
      const steps = [...ended, ...open.map((step) => (closed ? closeStep(step, run.status) : openStep(step)))]
      const { cost, provenance, ...members } = withoutPlain(run)
      const whole: Record<string, unknown> = {
        ...joinPrivate('run', members, privates),
        steps: steps.map((step) => joinPrivate('step', step, privates)),
      }
      for (const [type, list] of gathered) {
        const kind = privateKinds.get(type)
        whole[LISTS.get(type)!] = kind === undefined ? list : list.map((item) => joinPrivate(kind, item, privates))
      }
      whole.cost = cost ?? lowerBound(steps)
      // Of the sound part only, as all the rest: a step may end in what comes after it.
      whole.provenance = provenanceOf(provenance, sealed, leaves.slice(0, ended.length))
      const folded = whole as unknown as AgentRun
      whole.provenance = { ...folded.provenance, run_hash: runHash(folded) }
      return sealed === undefined ? { run: folded, findings } : { run: folded, sealed, findings }
    },
  }
}

/** Each member that is given takes the place of the old one, whole; null removes it, but is a value of `ended_at`. */
const update = (run: JsonObject, { provenance, ...patch }: JsonObject): Record<string, unknown> => {
  const merged = replace(run, patch)
  return isObject(provenance)
    ? { ...merged, provenance: replace(isObject(run.provenance) ? run.provenance : {}, provenance) }
    : merged
}

const replace = (object: JsonObject, patch: JsonObject): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries({ ...object, ...patch }).filter(
      ([name, value]) => name === 'ended_at' || !Object.hasOwn(patch, name) || value !== null,
    ),
  )

/** Once a run has a private_hash, its private members come from the private line of that hash and from nowhere else. */
const withoutPlain = (run: JsonObject): JsonObject =>
  typeof run.private_hash === 'string'
    ? Object.fromEntries(Object.entries(run).filter(([name]) => name !== 'salt' && !privateMembers.run.includes(name)))
    : run

const openStep = (step: JsonObject): JsonObject => ({ ...step, status: step.status ?? 'running' })

const closeStep = (step: JsonObject, status: unknown): JsonObject => {
  if (status === 'paused') return openStep(step)
  if (!OPEN.has(step.status)) return step
  return {
    ...step,
    status: status === 'interrupted' ? 'interrupted' : 'unknown',
    ended_at: step.ended_at ?? null,
  }
}

/**
 * Provenance as given at the start, and of what the seal adds: what the lines themselves say, the rest from `run.sealed`.
 * Before the seal there is no signature, so the key that will sign is not named: it would look as if one had been removed.
 */
const provenanceOf = (given: unknown, sealed: JsonObject | undefined, leaves: readonly Uint8Array[]): JsonObject => {
  const start = isObject(given) ? given : {}
  if (!isObject(sealed?.provenance)) {
    const { signed_by: _, ...unsigned } = start
    return unsigned
  }
  const end = sealed.provenance
  const added = Object.fromEntries(
    [...sealMembers, 'signed_by'].filter((name) => end[name] !== undefined).map((name) => [name, end[name]]),
  )
  if (added.steps_count !== undefined) added.steps_count = leaves.length
  if (added.steps_root !== undefined) added.steps_root = digestText(treeRoot(leaves))
  return { ...added, ...start }
}
