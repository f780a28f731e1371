import type { AgentRun, Cost } from '@agent-run/types'
import type { ConvertOptions, SourceFile } from '../../conversion/adapter.ts'
import { convertEach } from '../../conversion/convert-each.ts'
import { addCosts, isKnown, unknownCost } from '../../conversion/cost.ts'
import { notePatch } from '../../conversion/file-artifacts.ts'
import { type Ending, finishRun } from '../../conversion/finish-run.ts'
import { asArray, asObject, asPrice, asString, type Json } from '../../conversion/json.ts'
import { boundsOf, type DocumentRead, readDocument } from '../../conversion/read-input.ts'
import type { Conversion } from '../../conversion/report.ts'
import { computedPrice } from '../../conversion/usage.ts'
import { createPreviewer, type Previewer } from '../../preview/index.ts'
import { about } from './about.ts'
import { beginReading, type Reading, readMessage } from './read-messages.ts'

/**
 * Converts trajectories of mini-SWE-agent, a bare list of messages or a document with `messages` and `info`: one run for each.
 *
 * Pure and deterministic; it never throws for content. spec/adapters/swe-agent.md says what becomes what.
 *
 * @throws RangeError if an option is out of its range
 */
export async function convertMiniSweAgent(
  files: Iterable<SourceFile> | AsyncIterable<SourceFile>,
  options: ConvertOptions = {},
): Promise<Conversion> {
  const bounds = boundsOf(options)
  const previewer = createPreviewer(options.redact ?? true)
  const expected = 'a list of messages of system, user and assistant'
  return convertEach(files, { about, expected }, async (file) => {
    const read = await readDocument(file, bounds)
    const json = asObject(read.value) ?? {}
    const messages = asArray(read.value) ?? asArray(json.messages)
    if (messages) {
      const run = convertOne(json, messages, read, previewer, options)
      return { read, role: 'trajectory', runs: run.steps.length > 0 ? [run] : [] }
    }
    if (read.value !== undefined) {
      read.ledger.read()
      read.ledger.skipped('document without messages')
    }
    return { read, role: undefined, runs: [] }
  })
}

function convertOne(
  json: Json,
  messages: readonly unknown[],
  { ledger, digest }: DocumentRead,
  previewer: Previewer,
  { prices }: ConvertOptions,
): AgentRun {
  const info = asObject(json.info)
  const model = asString(asObject(asObject(info?.config)?.model)?.model_name)
  const reading = beginReading(
    `mini-swe-agent-${digest?.slice(7, 39) ?? 'unknown'}`,
    previewer,
    model && previewer.text(model, 256),
  )
  for (const [index, message] of messages.entries()) {
    ledger.read()
    if (readMessage(reading, message, index + 1)) ledger.mapped()
    else ledger.malformed(index + 1, 'message without a known role')
  }
  const { run } = reading
  const version = asString(info?.mini_version)
  const task = asString(json.instance_id)
  Object.assign(run.members, {
    agent_id: 'mini-swe-agent',
    runtime: 'mini-swe-agent',
    ...(version ? { runtime_version: previewer.text(version, 256) } : {}),
    ...(reading.model ? { model: reading.model } : {}),
    ...(task ? { task_id: previewer.text(task, 256) } : {}),
  })
  const patch = asString(info?.submission) ?? reading.submission
  if (patch && reading.lastDraft) notePatch(run, reading.lastDraft, patch)
  return finishRun(run, {
    ...endOf(asString(info?.exit_status) ?? reading.exitStatus, reading),
    about,
    formatVersion: asString(json.trajectory_format),
    digest,
    prices,
    cost: costOf(reading, asPrice(asObject(info?.model_stats)?.instance_cost)),
  })
}

/** The price of the whole, which LiteLLM works out, stands beside the tokens of the requests, where they are known. */
function costOf({ run }: Reading, whole: number | undefined): Cost | undefined {
  const sum = addCosts(run.drafts.flatMap(({ step }) => (step.type === 'model_call' ? [step.cost ?? unknownCost] : [])))
  if (whole === undefined || (sum.cost_usd ?? 0) > whole) return undefined
  const { by_model: _, ...own } = sum
  return { ...(isKnown(sum) ? own : unknownCost), ...computedPrice(whole, 'LiteLLM') }
}

/** How the agent ended: what it says itself, or that it gave the sign for being done. */
function endOf(status: string | undefined, { isSubmitted }: Reading): Pick<Ending, 'status' | 'error' | 'errorType'> {
  if (status === undefined) return { status: isSubmitted ? 'completed' : 'unknown' }
  const error = `exit status: ${status.slice(0, 60)}`
  if (/limit/i.test(status)) return { status: 'failed', error, errorType: 'budget_exceeded' }
  if (/timeout/i.test(status)) return { status: 'timeout', error, errorType: 'timeout' }
  if (/interrupt|cancel/i.test(status)) return { status: 'cancelled', error, errorType: 'cancelled' }
  if (/^submitted$/i.test(status)) return { status: 'completed' }
  return /error|exception/i.test(status) ? { status: 'failed', error, errorType: 'internal' } : { status: 'unknown' }
}
