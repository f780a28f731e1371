import type { AgentRun } from '@agent-run/types'
import type { ConvertOptions, SourceFile } from '../../conversion/adapter.ts'
import { convertEach } from '../../conversion/convert-each.ts'
import { notePatch } from '../../conversion/file-artifacts.ts'
import { type Ending, finishRun } from '../../conversion/finish-run.ts'
import { asArray, asObject, asString, type Json } from '../../conversion/json.ts'
import { unwrap } from '../../conversion/json-text.ts'
import { boundsOf, type DocumentRead, readDocument } from '../../conversion/read-input.ts'
import type { Conversion } from '../../conversion/report.ts'
import { createPreviewer, type Previewer } from '../../preview/index.ts'
import { about } from './about.ts'
import { beginReading, type Reading, readEntry, readStats } from './read-history.ts'

/**
 * Converts trajectories of SWE-agent (`.traj`): one run for each.
 *
 * Pure and deterministic; it never throws for content. spec/adapters/swe-agent.md says what becomes what.
 *
 * @throws RangeError if an option is out of its range
 */
export async function convertSweAgent(
  files: Iterable<SourceFile> | AsyncIterable<SourceFile>,
  options: ConvertOptions = {},
): Promise<Conversion> {
  const bounds = boundsOf(options)
  const previewer = createPreviewer(options.redact ?? true)
  const expected = 'a document with a history, or a trajectory of actions'
  return convertEach(files, { about, expected }, async (file) => {
    const read = await readDocument(file, bounds)
    const json = asObject(read.value)
    const history = json && (asArray(json.history) ?? historyOf(asArray(json.trajectory)))
    if (json && history) {
      const run = convertOne(json, history, read, previewer, options)
      return { read, role: 'trajectory', runs: run.steps.length > 0 ? [run] : [] }
    }
    if (read.value !== undefined) {
      read.ledger.read()
      read.ledger.skipped('document without a history')
    }
    return { read, role: undefined, runs: [] }
  })
}

/** The oldest files have the trajectory only: what was thought, done and answered. */
const historyOf = (trajectory: readonly unknown[] | undefined): unknown[] | undefined =>
  trajectory?.flatMap((value) => {
    const json = asObject(value)
    if (!json) return [value]
    const { thought, response, action, observation } = json
    const answer = { role: 'assistant', content: asString(thought) ?? response, action }
    return asString(observation) === undefined ? [answer] : [answer, { role: 'tool', content: observation }]
  })

function convertOne(
  json: Json,
  history: readonly unknown[],
  { ledger, digest }: DocumentRead,
  previewer: Previewer,
  { prices }: ConvertOptions,
): AgentRun {
  const info = asObject(json.info)
  const config = asObject(unwrap(json.replay_config))
  const model = asString(asObject(asObject(config?.agent)?.model)?.name)
  const times = (asArray(json.trajectory) ?? []).map((step) => asObject(step)?.execution_time)
  const id = `swe-agent-${digest?.slice(7, 39) ?? 'unknown'}`
  const reading = beginReading(id, previewer, model && previewer.text(model, 256), times)
  for (const [index, entry] of history.entries()) {
    ledger.read()
    ledger.book(index + 1, readEntry(reading, entry, index + 1))
  }
  const { run } = reading
  const task = asString(asObject(config?.problem_statement)?.id) ?? asString(json.instance_id)
  const version = asString(info?.swe_agent_version)
  Object.assign(run.members, {
    agent_id: 'swe-agent',
    runtime: 'swe-agent',
    ...(version ? { runtime_version: previewer.text(version, 256) } : {}),
    ...(reading.model ? { model: reading.model } : {}),
    ...(task ? { task_id: previewer.text(task, 256) } : {}),
  })
  const patch = asString(info?.submission)
  if (patch && reading.lastDraft) notePatch(run, reading.lastDraft, patch)
  return finishRun(run, {
    ...endOf(asString(info?.exit_status), reading),
    about,
    digest,
    prices,
    cost: readStats(info?.model_stats),
  })
}

/** How the agent ended, by its own words: `submitted`, or the limit or error that stopped it, perhaps in brackets after it. */
function endOf(
  status: string | undefined,
  { lastTool, open }: Reading,
): Pick<Ending, 'status' | 'error' | 'errorType'> {
  if (status === undefined) return { status: lastTool === 'submit' && open.size === 0 ? 'completed' : 'unknown' }
  const error = `exit status: ${status.slice(0, 60)}`
  if (/exit_cost|exit_api|limit/i.test(status)) return { status: 'failed', error, errorType: 'budget_exceeded' }
  if (/exit_context/i.test(status)) return { status: 'failed', error, errorType: 'context_overflow' }
  if (/exit_format/i.test(status)) return { status: 'failed', error, errorType: 'output_invalid' }
  if (/timeout/i.test(status)) return { status: 'timeout', error, errorType: 'timeout' }
  if (/error|exit_environment/i.test(status)) return { status: 'failed', error, errorType: 'internal' }
  return { status: /^submitted|exit_forfeit|^skipped|early_exit/i.test(status) ? 'completed' : 'unknown' }
}
