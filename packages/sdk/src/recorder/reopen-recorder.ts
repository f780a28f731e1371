import { AgentRunError, foldJournal, type Journal, readJournal } from '@agent-run/core'
import type { AgentRun, Step } from '@agent-run/types'
import { reopenJournalFile } from '../journal-file/index.ts'
import type { RunState } from './context.ts'
import { createRecorder, emptyState, equip, recordPath } from './create-recorder.ts'
import { platformRandom, toHex } from './identifiers.ts'
import type { RecorderOptions } from './options.ts'
import { createRecordFile } from './record-file.ts'
import { assembleRecorder, type Recorder } from './recorder.ts'
import { createRunLog } from './run-log.ts'

/** A run whose recorder had stopped, and what became of it. */
export interface Reopened {
  readonly recorder: Recorder
  /** Steps that were going on when the recorder stopped; they are final now, as `interrupted`. */
  readonly interrupted: readonly string[]
  /** Bytes at the end of the journal that could not be read and were cut off. */
  readonly discarded: number
}

/**
 * Goes on with the journal of a run whose process died, was killed or let go of it. The run can go on, or be ended:
 * `reopenRecorder(path).recorder.end({ status: 'interrupted' })`.
 *
 * @param path the journal file
 * @throws AgentRunError `recorder.journal_unusable` (it has no sound beginning), `recorder.sealed` (the run is over),
 * `recorder.other_key` (its heads are signed by another key), `journal_file.locked`, `journal_file.unreadable`,
 * `journal_file.unwritable`
 */
export function reopenRecorder(path: string, options: RecorderOptions = {}): Reopened {
  const token = toHex(platformRandom(8))
  let journal: Journal | undefined
  const { file, content } = reopenJournalFile(
    path,
    { fsync: options.fsync ?? 'every_head', token, ...(options.files === undefined ? {} : { files: options.files }) },
    (bytes) => {
      journal = readJournal(bytes)
      refuseUnusable(path, journal, options)
      return journal.sound.octets
    },
  )
  const read = journal as unknown as Journal
  const equipment = equip(options)
  const { clock, faults, ids } = equipment
  const { run: folded } = foldJournal(read, { live: true })
  const last = read.lines[read.sound.lines - 1]
  clock.advanceTo(Date.parse(last?.at ?? ''))
  const { state, open } = restore(folded as AgentRun, read.sound.steps)
  for (const id of [...state.begun.keys(), ...idsOf(state)]) ids.reserve(id)
  const log = createRunLog({ clock, faults, signer: options.signer, file, journal: read })
  log.resume()
  for (const step of open) {
    const final: Step = { ...step, status: 'interrupted', ended_at: null }
    state.steps.push(final)
    log.add('step.ended', final)
  }
  const recorder = assembleRecorder({
    context: { ...equipment, log, state },
    journalPath: path,
    recordFile: createRecordFile(recordPath(path.replace(/\.journal$/, ''), undefined), token, options.files),
    child: (start) => createRecorder(start, options),
  })
  return { recorder, interrupted: open.map(({ id }) => id), discarded: content.length - read.sound.octets }
}

function refuseUnusable(path: string, journal: Journal, { signer }: RecorderOptions): void {
  const { run, sealed } = foldJournal(journal, { live: true })
  if (run === undefined)
    throw new AgentRunError('recorder.journal_unusable', `${path} has no sound beginning; expected a journal`)
  if (sealed !== undefined)
    throw new AgentRunError('recorder.sealed', `${path} ends with a sealed record; expected a run that is not over`)
  const key = keyOf(journal)
  if (signer !== undefined && signer.did !== key)
    throw new AgentRunError('recorder.other_key', `${path} was begun with another key; expected that key, or none`)
}

/** The key that a journal names for its heads; a fold names none, since it has no signature. */
const keyOf = ({ lines }: Journal): unknown =>
  (lines[0]?.data.provenance as { readonly signed_by?: unknown } | undefined)?.signed_by

/** The state that a journal tells of, and the steps that were going on. */
function restore(folded: AgentRun, finalSteps: number): { state: RunState; open: Step[] } {
  const { steps, approvals, policy_decisions, artifacts, evidence, cost: _, ...run } = folded
  const state = emptyState({ ...run, status: 'running' })
  for (const step of steps) {
    state.begun.set(step.id, { type: step.type, order: state.begun.size })
    if (step.tool_call_id !== undefined) state.callIds.set(step.tool_call_id, step.id)
    if (step.response_id !== undefined && step.cost !== undefined) state.responseIds.add(step.response_id)
    state.nextSeq = Math.max(state.nextSeq, (step.seq ?? -1) + 1)
  }
  state.steps.push(...steps.slice(0, finalSteps))
  state.approvals.push(...(approvals ?? []))
  state.policyDecisions.push(...(policy_decisions ?? []))
  state.artifacts.push(...(artifacts ?? []))
  for (const { id } of state.artifacts) state.artifactIds.add(id)
  state.evidence.push(...(evidence ?? []))
  return { state, open: steps.slice(finalSteps) }
}

const idsOf = ({ approvals, policyDecisions, artifacts }: RunState): string[] => [
  ...approvals.map(({ approval_id }) => approval_id),
  ...policyDecisions.map(({ id }) => id),
  ...artifacts.map(({ id }) => id),
]
