import { dirname, join } from 'node:path'
import { createJournalFile, fileNameOf, type JournalFile } from '../journal-file/index.ts'
import { createCleaner } from '../preview/clean.ts'
import { beginRun, hashesOf } from './begin-run.ts'
import { createClock } from './clock.ts'
import type { Context, RunState } from './context.ts'
import { createDeadline } from './deadline.ts'
import { announcing } from './delivery.ts'
import { createFaults } from './faults.ts'
import { createIdentifiers, type IdKind, platformRandom, type Random, toHex } from './identifiers.ts'
import { reportUnknownOptions, withoutOptions } from './known-options.ts'
import type { RecorderOptions } from './options.ts'
import { createRecordFile } from './record-file.ts'
import { assembleRecorder, type Recorder } from './recorder.ts'
import { createRunLog } from './run-log.ts'
import type { RunStart } from './run-start.ts'
import { chooseDelivery } from './server-access.ts'

/** Folder of journals and records unless another one is named. */
const folder = '.agent-run'

/** Everything that a recorder takes from its options, with what stands in for what is not given. */
export function equip(
  options: RecorderOptions,
): Pick<Context, 'options' | 'clock' | 'ids' | 'random' | 'faults' | 'cleaner' | 'within'> {
  const faults = createFaults(options.strict ?? false, options.onFault)
  reportUnknownOptions(options, faults)
  const tried = <T>(what: string, work: () => T): T | undefined =>
    faults.guard('recorder.source_failed', `the source of ${what} that was given failed`, work)
  const clock = createClock(() => {
    if (options.clock === undefined) return Date.now()
    const time: unknown = tried('time', options.clock)
    if (typeof time === 'number' && Number.isFinite(time)) return time
    if (time !== undefined) faults.report('recorder.source_failed', 'the source of time gave no number')
    return Date.now()
  })
  const random: Random = (length) => {
    if (options.random === undefined) return platformRandom(length)
    const bytes: unknown = tried('random bytes', () => options.random?.(length))
    if (bytes instanceof Uint8Array && bytes.length === length) return bytes
    if (bytes !== undefined)
      faults.report('recorder.source_failed', 'the source of random bytes gave something else, or another number')
    return platformRandom(length)
  }
  const newId = (kind: IdKind) => tried('identifiers', () => options.newId?.(kind))
  const wished = options.previewLength
  const length = typeof wished === 'number' && wished >= 0 ? Math.min(Math.trunc(wished), 2000) : 2000
  return {
    options,
    clock,
    random,
    faults,
    ids: createIdentifiers(clock, random, newId),
    cleaner: createCleaner(options.redact ?? true, length),
    within: createDeadline(options.answerWithin, options.timer),
  }
}

/** The folder that was named; the usual one where what was given names none. */
function folderOf({ directory }: RecorderOptions, faults: Context['faults']): string | undefined {
  const given: unknown = directory
  if (given === false) return undefined
  if (given === undefined) return folder
  if (typeof given === 'string' && given !== '') return given
  faults.report('recorder.journal_failed', `directory is no path; expected a text or false, and ${folder} is taken`)
  return folder
}

/** State of a run in which nothing has happened yet. */
export const emptyState = (run: RunState['run']): RunState => ({
  run,
  steps: [],
  begun: new Map(),
  open: new Map(),
  approvals: [],
  policyDecisions: [],
  artifacts: [],
  artifactIds: new Set(),
  evidence: [],
  callIds: new Map(),
  responseIds: new Set(),
  toolHashes: hashesOf(run.inventory),
  nextSeq: 0,
  ended: false,
})

/**
 * Starts to record a run. Nothing but `agent_id` is needed: journal and record are written to `.agent-run/`, readable by
 * their owner only, secrets of known shapes are replaced and long texts cut.
 *
 * @param start what is known of the run: members of the record
 * @param options how to record; everything has a default
 */
export function createRecorder(start: RunStart, options: RecorderOptions = {}): Recorder {
  return begin(start, options ?? {})
}

function begin(given: RunStart, options: RecorderOptions): Recorder {
  const equipment = equip(options)
  const { clock, faults, within } = equipment
  const { signer } = options
  const start = withoutOptions(given, faults)
  const makeRun = (members: RunStart) => beginRun({ ...equipment, start: members, signedBy: signer?.did })
  const run =
    faults.guard('recorder.start_failed', 'what was given of the run cannot be recorded', () => makeRun(start)) ??
    faults.guard('recorder.start_failed', 'the agent cannot be named', () => makeRun({ agent_id: start.agent_id })) ??
    makeRun({ agent_id: 'unknown' })
  // Never a caller's own source: two recorders that draw the same would take each other's lock.
  const token = toHex(platformRandom(8))
  const parent = folderOf(options, faults)
  const place = parent === undefined ? undefined : join(parent, fileNameOf(run.id))
  const file = place === undefined ? undefined : openFile(place)
  const folder = file === undefined ? parent : dirname(file.path)
  const delivery = chooseDelivery(options, { runId: run.id, folder, journalPath: file?.path }, equipment)
  const state = emptyState(run)
  const log = createRunLog({ clock, faults, signer, within, file: file && announcing(file, delivery) })
  log.add('run.started', run)
  return assembleRecorder({
    context: { ...equipment, log, state },
    journalPath: file?.path,
    recordFile: place === undefined ? undefined : createRecordFile(recordPath(place, file), token, options.files),
    delivery,
    // Wherever the process has gone meanwhile.
    child: (childStart) =>
      createRecorder(childStart, file === undefined ? options : { ...options, directory: dirname(file.path) }),
  })

  function openFile(path: string): JournalFile | undefined {
    const settings = {
      fsync: options.fsync ?? ('every_head' as const),
      token,
      ...(options.files === undefined ? {} : { files: options.files }),
    }
    return (
      faults.guard('recorder.journal_failed', 'the journal cannot be created', () =>
        createJournalFile(`${path}.journal`, settings),
      ) ??
      // The same id again: the run that had it first keeps its files.
      faults.guard('recorder.journal_failed', 'the journal cannot be created', () =>
        createJournalFile(`${path}~${token}.journal`, settings),
      )
    )
  }
}

/** The record stands beside the journal and is called like it. */
export const recordPath = (place: string, file: JournalFile | undefined): string =>
  `${file === undefined ? place : file.path.slice(0, -'.journal'.length)}.json`
