import { join } from 'node:path'
import { protect, type Signer, sealRun } from '@agent-run/core'
import { convertClaudeCode } from '@agent-run/sdk/adapters/claude-code'
import type { AgentRun } from '@agent-run/types'
import { fileNameFor } from '../records/file-name.ts'
import { makeRecordFolder } from '../records/record-folder.ts'
import { type SessionFiles, sourcesOf } from './session-files.ts'
import { awaitQuiet, awaitTurnEnd } from './turn-end.ts'
import { readWritten, writeOnce } from './write-once.ts'

/** How to make records of a session. */
export interface FinishOptions {
  readonly directory: string
  /** Signs the records; without it they are not sealed. */
  readonly signer?: Signer
  /** `turn`: the last turn may go on. `session`: everything is over. */
  readonly over: 'turn' | 'session'
  /** Most milliseconds to wait for the transcript to be complete. */
  readonly patience: number
  /** Told about what could not be written. */
  readonly onFault: (what: string, error?: unknown) => void
}

/** What became of a session. */
export interface Finished {
  /** Files of the records that were written now. */
  readonly written: readonly string[]
  /** Runs whose record was there before. */
  readonly before: number
  /** Runs that may still go on, or could not be written. */
  readonly left: number
}

/**
 * Makes records of the turns of a session that are over and not yet written. A turn is written once, in its final form:
 * whoever comes second, and at whatever time, finds it there. Children come before their parents, so that these can say
 * what became of them.
 */
export async function finishSession(files: SessionFiles, options: FinishOptions): Promise<Finished> {
  const { directory, over, patience, onFault, signer } = options
  const hasEnded = over === 'session' || (await awaitTurnEnd(files.transcript, patience))
  if (over === 'session') await awaitQuiet(files.transcript, patience, Math.min(patience, 500))
  const { runs } = await convertClaudeCode(sourcesOf(files))
  const open = hasEnded ? undefined : lastTurn(runs)
  const isOver = (run: AgentRun): boolean =>
    over === 'session' || (run.status !== 'unknown' && run.id !== open && (open === undefined || run.turn_id !== open))
  // A session whose transcript is gone leaves no folder behind.
  if (runs.length > 0) makeRecordFolder(directory)
  const written: string[] = []
  const hashes = new Map<string, string>()
  let before = 0
  let left = 0
  for (const run of [...runs].reverse()) {
    const path = join(directory, fileNameFor(run.id, new Set()))
    const known = readWritten(path)
    if (known === undefined && !isOver(run)) {
      left++
      continue
    }
    try {
      const record = known === undefined ? await sealed(withHashes(run, hashes), signer) : undefined
      const isOurs = record !== undefined && writeOnce(path, `${JSON.stringify(record, null, 2)}\n`)
      const there = isOurs ? { id: run.id, recordHash: record.provenance.record_hash } : readWritten(path)
      if (there?.id !== run.id) throw new Error(`${path} is there already and is something else; it is left alone`)
      if (there.recordHash) hashes.set(run.id, there.recordHash)
      if (isOurs) written.unshift(path)
      else before++
    } catch (error) {
      left++
      onFault(`the run ${run.id} could not be recorded`, error)
    }
  }
  return { written, before, left }
}

/** Private content can be erased from it without breaking the seal. */
const sealed = async (run: AgentRun, signer: Signer | undefined): Promise<AgentRun> =>
  signer === undefined ? run : sealRun(protect(run), { signer, at: new Date().toISOString() })

/** The turn of the person that comes last in the transcript. */
const lastTurn = (runs: readonly AgentRun[]): string | undefined =>
  runs
    .filter(({ agent_id, parent_run_id }) => agent_id === 'claude-code' && typeof parent_run_id !== 'string')
    .reduce<AgentRun | undefined>((last, run) => (firstLine(run) >= firstLine(last) ? run : last), undefined)?.id

const firstLine = (run: AgentRun | undefined): number => {
  const first = run?.source?.range?.first
  return typeof first === 'number' ? first : -1
}

/** A parent that names the sealed records of its children. */
function withHashes(run: AgentRun, hashes: ReadonlyMap<string, string>): AgentRun {
  const steps = run.steps.map((step) => {
    const hash = step.child_run_id === undefined ? undefined : hashes.get(step.child_run_id)
    return step.type !== 'handoff_result' || hash === undefined || step.child_record_hash !== undefined
      ? step
      : { ...step, child_record_hash: hash }
  })
  return { ...run, steps }
}
