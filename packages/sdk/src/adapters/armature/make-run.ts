import type { AgentRun, Cost, Step } from '@agent-run/types'
import type { ConvertOptions } from '../../conversion/adapter.ts'
import { unknownCost } from '../../conversion/cost.ts'
import { addModelCall, addToolCall, finishStep } from '../../conversion/draft-steps.ts'
import { createKeeper, keepMembers } from '../../conversion/extra.ts'
import { finishRun } from '../../conversion/finish-run.ts'
import { asArray, asCount, asObject, asString, type Json } from '../../conversion/json.ts'
import { parseJson } from '../../conversion/json-text.ts'
import { RunDraft, type RunMembers } from '../../conversion/run-draft.ts'
import { type Moment, momentAt, readTime } from '../../conversion/time.ts'
import { tokenCost } from '../../conversion/usage.ts'
import { createPreviewer } from '../../preview/index.ts'
import { about } from './about.ts'

/** A stage of a workflow, as a trace row says it, and where it stands. */
export interface Row {
  readonly json: Json
  readonly line: number
  readonly ref: string
}

/** What is known of a run besides its rows. */
export interface Recording {
  readonly runId: string
  readonly rows: readonly Row[]
  /** Exit code of the harness, where it was recorded. */
  readonly exitCode: number | undefined
  /** Command line of the harness. */
  readonly argv: readonly string[]
  readonly digest: string | undefined
}

/** Members that a step has a place for; the others are kept as `metadata`. */
const known = new Set([
  'id',
  'run_id',
  'workflow_name',
  'spec_version',
  'stage_id',
  'model',
  'input_tokens',
  'output_tokens',
  'latency_ms',
  'success',
  'timestamp',
  'inputs',
  'inputs_json',
  'outputs',
  'outputs_json',
  'error_type',
  'policy_version',
  'sandbox_image_digest',
  'agent_id',
  'agent_version',
  'tools_declared_json',
  'tools_called_json',
])

/** Makes the record of one run of a workflow: a model call for each stage that asked a model, with the tools it called. */
export function makeRun({ runId, rows, exitCode, argv, digest }: Recording, options: ConvertOptions): AgentRun {
  const { redact = true } = options
  const previewer = createPreviewer(redact)
  const keeper = createKeeper(redact)
  const draft = new RunDraft(runId, previewer)
  const text = (value: unknown): string | undefined => {
    const given = asString(value)
    return given === undefined ? undefined : previewer.text(given, 256)
  }
  const first = rows.map(({ json }) => json).find((json) => asString(json.workflow_name) !== undefined)
  const declared = new Set<string>()
  for (const { json, line, ref } of rows) {
    draft.book(line)
    for (const name of listIn(json, 'tools_declared')) declared.add(previewer.text(name, 256))
    const end = readTime(json.timestamp)
    const latency =
      typeof json.latency_ms === 'number' && json.latency_ms > 0 && json.latency_ms <= Number.MAX_SAFE_INTEGER
        ? json.latency_ms
        : undefined
    const start: Moment | undefined = end && latency !== undefined ? momentAt(end.ms - latency) : undefined
    const stage = text(json.stage_id) ?? `stage-${draft.drafts.length + 1}`
    const model = asString(json.model)
    const place = { line, ref }
    const failed = json.success === false || json.success === 0
    const step =
      model === undefined
        ? draft.add({ id: stage, type: 'other', started_at: start?.text ?? null, source_ref: ref }, line, start)
        : addModelCall(
            draft,
            { id: stage, model, agentId: stage, start, cost: costOf(json), input: payload(json, 'inputs') },
            place,
          )
    if (model === undefined) step.step.agent_id = stage
    for (const [index, name] of listIn(json, 'tools_called').entries()) {
      const call = addToolCall(draft, { id: `${stage}.tool-${index + 1}`, name, agentId: stage }, place)
      if (model !== undefined) call.step.model_call_id = step.step.id
      // That it was called is all that is known of it.
      finishStep(draft, call, { status: 'unknown' }, place)
    }
    const metadata = keepMembers(keeper, Object.fromEntries(Object.entries(json).filter(([name]) => !known.has(name))))
    if (metadata) step.step.metadata = metadata
    if (latency !== undefined) step.step.duration_ms = latency
    finishStep(
      draft,
      step,
      {
        status: failed ? 'failed' : json.success === undefined ? 'unknown' : 'succeeded',
        at: end,
        output: payload(json, 'outputs'),
        error: failed ? (asString(json.error_type) ?? 'the stage failed') : undefined,
        errorType: failed ? errorTypeOf(json) : undefined,
      },
      place,
    )
  }
  const rowFailed = draft.drafts.some(({ step }) => step.type !== 'tool_call' && step.status === 'failed')
  const status = exitCode === undefined ? 'unknown' : exitCode === 0 ? 'completed' : 'failed'
  const policy = rows.map(({ json }) => text(json.policy_version)).find((version) => version !== undefined)
  const image = rows.map(({ json }) => asString(json.sandbox_image_digest)).find((value) => value !== undefined)
  const version = text(first?.agent_version ?? first?.spec_version)
  Object.assign(draft.members, {
    agent_id: text(first?.agent_id) ?? text(first?.workflow_name) ?? 'unknown',
    ...(version ? { agent_version: version } : {}),
    runtime: 'armature',
    ...(declared.size > 0 ? { tools_available: [...declared] } : {}),
    ...(policy ? { policies: [{ id: 'armature', version: policy }] } : {}),
    ...(image && /^sha256:[0-9a-f]{64}$/.test(image) ? { sandbox: { kind: 'container', image_digest: image } } : {}),
    ...(argv.length > 0 ? { input_preview: previewer.text(argv.join(' ')) } : {}),
  } satisfies RunMembers)
  return finishRun(draft, {
    status,
    about,
    digest,
    prices: options.prices,
    ...(status === 'failed'
      ? { error: `exit code ${exitCode}`, errorType: rowFailed ? 'stage_failed' : 'internal' }
      : {}),
  })
}

/** Zeros mean that the stage asked no model or that nobody counted. */
function costOf(json: Json): Cost {
  const input = asCount(json.input_tokens)
  const output = asCount(json.output_tokens)
  return input || output ? tokenCost({ input, output }) : { ...unknownCost }
}

/** The taxonomy of the harness, as far as it has a word here. */
const errorTypes: Readonly<Record<string, NonNullable<Step['error_type']>>> = {
  stage_failed: 'stage_failed',
  output_invalid: 'output_invalid',
  low_confidence: 'low_confidence',
  high_escalation: 'high_escalation',
  low_skill_activation: 'low_skill_activation',
  timeout: 'timeout',
}

const errorTypeOf = (json: Json): NonNullable<Step['error_type']> => {
  const word = asString(json.error_type)?.toLowerCase()
  return word !== undefined && Object.hasOwn(errorTypes, word) ? errorTypes[word]! : 'stage_failed'
}

/** A member as JSON or as the text of it, as the columns of the database hold it. */
function payload(json: Json, name: string): unknown {
  const value = json[name] ?? parsed(json[`${name}_json`])
  const object = asObject(value)
  return object && Object.keys(object).length === 0 ? undefined : value
}

const listIn = (json: Json, name: string): string[] =>
  (asArray(json[name]) ?? asArray(parsed(json[`${name}_json`])) ?? []).flatMap((value) => {
    const word = asString(value) ?? asString(asObject(value)?.name)
    return word === undefined ? [] : [word]
  })

const parsed = (value: unknown): unknown => (typeof value === 'string' ? parseJson(value) : value)
