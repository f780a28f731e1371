import { lineOf, styleOf, visible, wantsColour } from '@agent-run/core/text'
import { createRecorder, type Recorder, type RecorderFault, type RunEnd, type RunStart } from '@agent-run/sdk'
import { redact } from '@agent-run/sdk/preview'
import type { Step } from '@agent-run/types'
import { Failure } from '../failure.ts'
import { signerOf } from '../sealing/signer.ts'
import { accessOf } from '../server/connect.ts'
import { programName } from '../terminal/shell-line.ts'
import { version } from '../version.ts'
import { describeEnvironment } from './environment.ts'
import { fileClockOf } from './file-changes.ts'
import type { RecordOptions } from './options.ts'
import { type Ending, runChild } from './run-child.ts'
import { addChanges, announcedEffects, endingMembers } from './step-content.ts'
import { summaryOf } from './summary.ts'
import { enterWorkPlace, leaveWorkPlace, type WorkDone, type WorkPlace, wayBack } from './work-place.ts'

/** Variable that names the run to commands inside it, so that a run recorded there says what it is part of. */
const parentVariable = 'AGENT_RUN_PARENT_RUN_ID'

/**
 * Runs a command and records it as a run. Throws `Failure` before the command was started, never afterwards.
 * @returns the exit code of the command, or the signal that ended it
 */
export async function runRecord(
  command: readonly [string, ...string[]],
  options: RecordOptions,
): Promise<{ readonly code: number; readonly signal?: NodeJS.Signals }> {
  const signer = options.key === undefined ? undefined : await signerOf(options.key, options)
  const access = accessOf(options)
  const cwd = workingFolder()
  const work = options.files ? attempt(() => enterWorkPlace(cwd, options)) : undefined
  const line = lineOf(command)
  const faults: RecorderFault[] = []
  // How long it takes to look at the files afterwards is not the command's time.
  let ended: number | undefined
  const recorder = createRecorder(startOf(command, line, work, options), {
    directory: options.directory,
    cwd,
    server: access ?? false,
    clock: () => ended ?? Date.now(),
    onFault: (fault) => void faults.push(fault),
    ...(signer === undefined ? {} : { signer }),
  })
  if (work?.checkpoint) recorder.checkpoint(work.checkpoint)
  const onEnd = (at: number): void => {
    ended = at
  }
  const { ending, done } = await recordCommand(recorder, { command, line, cwd, work, options, onEnd })
  ended = undefined
  const record = await recorder.end(runEnd(ending, work))
  if (ending.how === 'not_started') process.stderr.write(`agent-run: ${visible(startProblem(command[0], ending))}\n`)
  if (!options.quiet) {
    const style = styleOf(
      wantsColour({ option: options.color, env: process.env, isTerminal: process.stderr.isTTY === true }),
    )
    process.stderr.write(
      summaryOf({ line: redact(line), ending, record, recorder, work, done, files: options.files }, style),
    )
  }
  for (const text of new Set(faults.map(({ code, message }) => `${visible(message)} [${code}]`)))
    process.stderr.write(`agent-run: not all could be recorded: ${text}\n`)
  return { code: ending.code, ...(isDeath(ending) ? { signal: ending.signal } : {}) }
}

interface Recorded {
  readonly command: readonly [string, ...string[]]
  readonly line: string
  readonly cwd: string
  readonly work: WorkPlace | undefined
  readonly options: RecordOptions
  /** Told when the command has ended. */
  readonly onEnd: (at: number) => void
}

async function recordCommand(
  recorder: Recorder,
  { command, line, cwd, work, options, onEnd }: Recorded,
): Promise<{ ending: Ending; done: WorkDone | undefined }> {
  const announced = announcedEffects(redact(line), work?.root ?? cwd, cwd)
  const call = { tool_name: 'exec', arguments: { argv: [...command], cwd }, input: line, side_effects: announced }
  // What comes back is ours; what the command wrote is said by the step itself.
  return recorder.toolCall({ ...call, show: () => undefined }, async (_, step) => {
    const clock = fileClockOf(recorder.journalPath)
    const ending = await runChild(command, {
      env: { ...process.env, [parentVariable]: recorder.id },
      ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
      ...(options.outputPreview ? { keepOutput: true } : {}),
    })
    onEnd(ending.at)
    step.add(endingMembers(ending))
    const done = work && attempt(() => leaveWorkPlace(work, options, clock))
    if (work !== undefined && done !== undefined) {
      addChanges(step, announced, work, done)
      if (done.checkpoint) recorder.checkpoint(done.checkpoint)
    }
    return { ending, done }
  })
}

function startOf(
  command: readonly [string, ...string[]],
  line: string,
  work: WorkPlace | undefined,
  { agent, session, task, tag }: RecordOptions,
): RunStart {
  const { branch, commit } = work?.before.listing ?? {}
  const parent = process.env[parentVariable]
  return {
    agent_id: agent ?? programName(command[0]),
    runtime: 'agent-run record',
    runtime_version: version,
    input: line,
    metadata: { environment: describeEnvironment(process.env) },
    ...(parent ? { parent_run_id: parent } : {}),
    ...(session === undefined ? {} : { session_id: session }),
    ...(task === undefined ? {} : { task_id: task }),
    ...(tag.length > 0 ? { tags: [...tag] } : {}),
    ...(branch === undefined ? {} : { git_branch: branch }),
    ...(commit === undefined ? {} : { git_commit: commit }),
    ...(work === undefined ? {} : { scope: scopeOf(work) }),
  }
}

const scopeOf = ({ root, repository, git, before }: WorkPlace): NonNullable<RunStart['scope']> => ({
  ...(repository === undefined ? {} : { repository }),
  root,
  ...(git === undefined ? {} : { dirty: before.listing.isDirty }),
})

function runEnd(ending: Ending, work: WorkPlace | undefined): RunEnd {
  const { status, error, error_type } = endingMembers(ending)
  const back = work && wayBack(work)
  return {
    status: statusOf[status ?? 'unknown'] ?? 'unknown',
    ...(error === undefined ? {} : { error }),
    ...(error_type === undefined ? {} : { error_type }),
    ...(back === undefined ? {} : { recovery: { rollback: { state: 'available', how: back } } }),
  }
}

const statusOf: Readonly<Partial<Record<NonNullable<Step['status']>, NonNullable<RunEnd['status']>>>> = {
  succeeded: 'completed',
  failed: 'failed',
  cancelled: 'cancelled',
  timeout: 'timeout',
}

const startProblem = (program: string, { code, problem }: Ending): string =>
  code === 127 ? `${program}: command not found` : `${program}: cannot be executed (${problem})`

/** Whether we should die of the same signal, so that a shell sees what it would have seen. Others would leave a core of ours. */
const isDeath = (ending: Ending): ending is Ending & { readonly signal: NodeJS.Signals } =>
  ending.how === 'signalled' && ['SIGINT', 'SIGTERM', 'SIGHUP'].includes(ending.signal ?? '')

const workingFolder = (): string => {
  try {
    return process.cwd()
  } catch (error) {
    throw new Failure('the current folder is gone; expected one to run the command in', { cause: error })
  }
}

/** Looking at files must not keep a command from running, nor its record from being written. */
const attempt = <T>(work: () => T): T | undefined => {
  try {
    return work()
  } catch {
    return undefined
  }
}
