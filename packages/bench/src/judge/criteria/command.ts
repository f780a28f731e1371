import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { BenchCriterion } from '@agent-run/types'
import { runProcess } from '../../process/run-process.ts'
import { readTree } from '../../tree-state.ts'
import type { LimitReached, TrialEnding, TrialLimits } from '../../trial.ts'
import { hasContentRules, judgeContent } from '../content-rules.ts'
import { judgeInTime } from '../judge-in-time.ts'
import { type JudgedTrial, streamText } from '../judged-trial.ts'
import { met, missed, type Outcome } from '../outcome.ts'
import { number, shown } from '../words.ts'
import { copyWorkspace, restore } from '../workspace-copy.ts'

/** Time limit of a command that states none, in milliseconds. */
const TIMEOUT_MS = 60_000
/** What a command may print, in bytes; a flood ends it. */
const OUTPUT_BYTES = 16 * 1024 * 1024
/** How much of each of its two streams is kept for people, in bytes. */
const SHOWN_BYTES = 64 * 1024

/**
 * `command`: how a command of the pack ends, in a copy of the workspace. It may well run what the agent wrote: it gets nothing of the
 * environment of the bench but `env`, and an empty home. Whoever does not trust an agent runs the bench in a sandbox.
 */
export async function judgeCommand(criterion: BenchCriterion, trial: JudgedTrial): Promise<Outcome> {
  const { evidence, options } = trial
  const { command = [], timeout_ms: durationMs = TIMEOUT_MS, restore: patterns = [] } = criterion
  const place = await mkdtemp(join(evidence.scratch, 'command-'))
  const [cwd, home, tmp] = [join(place, 'workspace'), join(place, 'home'), join(place, 'tmp')]
  try {
    await Promise.all([mkdir(home), mkdir(tmp)])
    await copyWorkspace(evidence.workspace, cwd, evidence.limits.workspace_bytes)
    await restore(evidence.fixture, cwd, patterns)
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException
    await rm(place, { recursive: true, force: true })
    return missed(`the workspace could not be prepared for ${shown(command.join(' '))} (${code})`, 'internal')
  }
  const { ending, stdout, stderr } = await runProcess({
    command,
    cwd,
    env: { ...options.env, HOME: home, TMPDIR: tmp },
    input: '',
    durationMs,
    outputBytes: OUTPUT_BYTES,
    mark: home,
    look: (count) => lookAt(count, place, evidence.limits),
    stopped: options.stopped ?? new AbortController().signal,
  })
  await rm(place, { recursive: true, force: true })
  const printed = Buffer.concat([lastOf(stdout.octets), lastOf(stderr.octets)])
  return { ...outcomeOf(ending, criterion, durationMs, stdout.octets), ...(printed.length === 0 ? {} : { printed }) }
}

/** The end of what was printed: where the reasons stand. */
const lastOf = (octets: Uint8Array): Uint8Array => octets.subarray(Math.max(0, octets.length - SHOWN_BYTES))

/** What an agent wrote is bound by the limits of the trial while it is judged, too: twice what its workspace may have. */
const lookAt = (
  count: number,
  place: string,
  { processes, workspace_bytes, workspace_files }: TrialLimits,
): LimitReached | undefined => {
  if (count > processes) return { limit: 'processes', allowed: processes, found: count }
  const [files, bytes] = [2 * workspace_files, 2 * workspace_bytes]
  const tree = readTree(place, { files, bytes, contents: false })
  return tree.cut ? { limit: 'workspace_bytes', allowed: workspace_bytes, found: tree.bytes } : undefined
}

const outcomeOf = (ending: TrialEnding, criterion: BenchCriterion, durationMs: number, stdout: Uint8Array): Outcome => {
  const { command = [], exit_code = 0 } = criterion
  const name = shown(command.join(' '))
  const expected = `expected exit code ${exit_code}`
  switch (ending.how) {
    case 'exited':
      if (ending.exitCode !== exit_code)
        return missed(`${name} ended with exit code ${ending.exitCode}; ${expected}`, 'tool_failed')
      return hasContentRules(criterion)
        ? judgeInTime(() => judgeContent(criterion, [streamText(stdout)], `what ${name} printed`))
        : met(`${name} ended with exit code ${exit_code}`)
    case 'signal':
      return missed(`${name} was ended by ${ending.signal}; ${expected}`, 'tool_failed')
    case 'timed_out':
      return missed(`${name} took longer than ${number(durationMs / 1000)} s; ${expected}`, 'timeout')
    case 'over_limit':
      return missed(`${name} printed, wrote or started too much; ${expected}`, 'budget_exceeded')
    case 'stopped':
      return missed(`${name} was stopped together with the bench`, 'cancelled')
    case 'not_started':
      return missed(`${name} could not be started (${ending.problem ?? 'unknown error'}); ${expected}`, 'not_found')
  }
}
