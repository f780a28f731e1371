import { dirname } from 'node:path'
import { AgentRunError, foldJournal, type Journal, readJournal } from '@agent-run/core'
import type { AgentRun, Step } from '@agent-run/types'
import { type FileSystem, nodeFileSystem, reopenJournalFile, systemCode } from '../journal-file/index.ts'
import type { RunState } from './context.ts'
import { createRecorder, emptyState, equip, recordPath } from './create-recorder.ts'
import { announcing } from './delivery.ts'
import { terminal } from './end-run.ts'
import { platformRandom, toHex } from './identifiers.ts'
import type { RecorderOptions } from './options.ts'
import { createRecordFile } from './record-file.ts'
import { assembleRecorder, type Recorder } from './recorder.ts'
import { createRunLog } from './run-log.ts'
import { chooseDelivery } from './server-access.ts'

/** A run whose recorder had stopped, and what became of it. */
export interface Reopened {
  readonly recorder: Recorder
  /** Steps that were going on when the recorder stopped; they are final now, as `interrupted`. */
  readonly interrupted: readonly string[]
  /** Bytes of a torn last line that were cut off. */
  readonly discarded: number
  /**
   * `seq` of the last line that a signed head vouches for; `undefined` if there is none. Whoever keeps heads elsewhere can
   * compare: heads that were removed together with what they vouched for cannot be missed here.
   */
  readonly checkpoint: number | undefined
}

/**
 * Goes on with the journal of a run whose process died, was killed or let go of it. The run can go on, or be ended:
 * `reopenRecorder(path).recorder.end({ status: 'interrupted' })`. Only a torn last line is cut off; a journal with any other
 * fault was not left by a crash and is not touched.
 *
 * @param path the journal file
 * @throws AgentRunError `recorder.journal_unusable` (it has no sound beginning), `recorder.journal_damaged` (a line or a head
 * is not what it was), `recorder.sealed` and `recorder.finished` (the run is over), `recorder.other_key` (its heads are
 * signed by another key), `journal_file.locked`, `journal_file.unreadable`, `journal_file.unwritable`
 */
export function reopenRecorder(path: string, options: RecorderOptions = {}): Reopened {
  const token = toHex(platformRandom(8))
  const { files = nodeFileSystem } = options
  let journal: Journal | undefined
  const { file, content } = reopenJournalFile(path, { fsync: options.fsync ?? 'every_head', token, files }, (bytes) => {
    journal = readJournal(bytes)
    refuseUnusable(path, journal, options, files)
    return journal.sound.octets
  })
  const read = journal as unknown as Journal
  const equipment = equip(options)
  const { clock, faults, ids, within } = equipment
  const { run: folded } = foldJournal(read, { live: true })
  const last = read.lines[read.sound.lines - 1]
  clock.advanceTo(Date.parse(last?.at ?? ''))
  const { state, open } = restore(folded as AgentRun, read.sound.steps)
  faults.goOnFrom(state.run.provenance.metadata?.recorder_faults)
  if (lacksPrivate(read))
    faults.report(
      'recorder.private_lost',
      'the private members of the last line are not there: its writer stopped before it had written them',
    )
  for (const id of [...state.begun.keys(), ...idsOf(state)]) ids.reserve(id)
  const place = { runId: state.run.id, folder: dirname(file.path), journalPath: file.path }
  const delivery = chooseDelivery(options, place, equipment)
  const log = createRunLog({
    clock,
    faults,
    signer: options.signer,
    within,
    file: announcing(file, delivery),
    journal: read,
  })
  log.resume()
  for (const step of open) {
    const final: Step = { ...step, status: 'interrupted', ended_at: null }
    state.steps.push(final)
    log.add('step.ended', final)
  }
  const recorder = assembleRecorder({
    context: { ...equipment, log, state },
    journalPath: file.path,
    recordFile: createRecordFile(recordBeside(file.path), token, files),
    delivery,
    child: (start) => createRecorder(start, { ...options, directory: dirname(file.path) }),
  })
  return {
    recorder,
    interrupted: open.map(({ id }) => id),
    discarded: content.length - read.sound.octets,
    checkpoint: read.heads.at(-1)?.data.seq as number | undefined,
  }
}

const recordBeside = (path: string): string => recordPath(path.replace(/\.journal$/, ''), undefined)

function refuseUnusable(path: string, journal: Journal, { signer }: RecorderOptions, files: FileSystem): void {
  const { run, sealed } = foldJournal(journal, { live: true })
  if (run === undefined)
    throw new AgentRunError('recorder.journal_unusable', `${path} has no sound beginning; expected a journal`)
  const [fault] = journal.findings
  if (fault !== undefined)
    throw new AgentRunError(
      'recorder.journal_damaged',
      `${path} is not as it was written: ${fault.code} in line ${fault.line} (${fault.message}), its first ${journal.sound.octets} bytes are sound. Nothing was cut off or added. Keep it as it is, find out whether somebody changed it, and begin a new run`,
      journal.findings,
    )
  if (sealed !== undefined)
    throw new AgentRunError('recorder.sealed', `${path} ends with a sealed record; expected a run that is not over`)
  const key = keyOf(journal)
  if (terminal.has(run.status) && !wasBeingSealed(path, key, signer !== undefined, files))
    throw new AgentRunError(
      'recorder.finished',
      `${path} tells of a run that ended as ${run.status}; expected one that is not over. What follows it is a new run`,
    )
  if (signer !== undefined && signer.did !== key)
    throw new AgentRunError('recorder.other_key', `${path} was begun with another key; expected that key, or none`)
}

/** Whether the process died between the end of the run and its seal: then there is no record yet, and it can be sealed. */
const wasBeingSealed = (path: string, key: unknown, hasSigner: boolean, files: FileSystem): boolean => {
  if (key === undefined || !hasSigner) return false
  try {
    files.read(recordBeside(files.realPath(path)))
    return false
  } catch (error) {
    return systemCode(error) === 'ENOENT'
  }
}

/** Whether private lines of the last line are missing, behind which nothing follows. */
const lacksPrivate = ({ lines, privates, sound }: Journal): boolean => {
  const { type, data } = lines[sound.lines - 1] ?? {}
  if (type === undefined || type === 'run.sealed') return false
  const effects = Array.isArray(data?.side_effects) ? data.side_effects : []
  return [data, ...effects].some((object) => {
    const hash = (object as { readonly private_hash?: unknown } | undefined)?.private_hash
    return typeof hash === 'string' && !privates.has(hash)
  })
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
