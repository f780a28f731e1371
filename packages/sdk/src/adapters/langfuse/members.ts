import type { Evidence, ModelConfig } from '@agent-run/types'
import { answerOf, conversationOf, readMessage } from '../../conversion/chat-messages.ts'
import { createKeeper, keepMembers } from '../../conversion/extra.ts'
import { portableId } from '../../conversion/identity.ts'
import { asArray, asCount, asObject, asString, type Json } from '../../conversion/json.ts'
import { unwrap } from '../../conversion/json-text.ts'
import type { RunDraft } from '../../conversion/run-draft.ts'
import { readToolDefinitions } from '../../conversion/tool-definitions.ts'
import { isModelCall, kindOf, type Observation } from './arrange.ts'

/** What the members of a run are read from, besides its steps. */
export interface TraceParts {
  readonly trace: Json
  readonly all: readonly Observation[]
  /** The observation of the run's own agent. */
  readonly own: Observation | undefined
  /** Definitions of tools, wherever they stood. */
  readonly tools: readonly unknown[]
  readonly redact: boolean
}

/** Says of a run what its trace says: agent, session, what was asked and answered, tools, scores. */
export function sayMembers(run: RunDraft, { trace, all, own, tools, redact }: TraceParts): void {
  const { previewer, members } = run
  const named = (value: unknown): string | undefined => {
    const text = asString(value)
    return text === undefined ? undefined : previewer.text(text, 256)
  }
  const root = all.find(({ parent }) => !parent)
  const generation = all.find((one) => isModelCall(kindOf(one)))
  const [agent, session, version] = [own?.json.name ?? trace.name, trace.sessionId, trace.version ?? trace.release].map(
    named,
  )
  const asked = [trace.input, root?.json.input, generation?.json.input]
    .map(
      (input) =>
        conversationOf(input)
          .map((value) => readMessage(unwrap(value)))
          .findLast(({ role }) => role === 'user')?.text,
    )
    .find((text) => text?.trim())
  const last = all.findLast((one) => isModelCall(kindOf(one)))
  const answered = [trace.output, root?.json.output, last?.json.output]
    .map((output) => answerOf(output).text)
    .find((text) => text?.trim())
  const definitions = readToolDefinitions(tools, previewer)
  const settings = readSettings(generation?.json)
  const tags = (asArray(trace.tags) ?? []).flatMap((tag) => named(tag) ?? [])
  const foreign = keepMembers(createKeeper(redact), {
    environment: trace.environment,
    name: trace.name,
    metadata: outerMetadata(trace.metadata),
  })
  const evidence = readScores(asArray(trace.scores) ?? [], run)
  const traceId = asString(trace.id)
  Object.assign(members, {
    turn_id: run.id,
    ...(session ? { session_id: session } : {}),
    ...(agent ? { agent_id: agent } : {}),
    ...(version ? { agent_version: version } : {}),
    ...(settings ? { model_config: settings } : {}),
    ...(asked ? { input_preview: previewer.text(asked.trim()) } : {}),
    ...(answered ? { output_preview: previewer.text(answered.trim()) } : {}),
    ...(definitions.length > 0 ? { tools_available: definitions.map(({ name }) => name) } : {}),
    ...(definitions.some(({ schema_hash }) => schema_hash) ? { inventory: { tools: definitions } } : {}),
    ...(tags.length > 0 ? { tags: [...new Set(tags)] } : {}),
    ...(traceId && /^[0-9a-f]{32}$/.test(traceId) ? { links: { trace_id: traceId } } : {}),
    ...(evidence.length > 0 ? { evidence } : {}),
    ...(foreign ? { metadata: { langfuse: foreign } } : {}),
  })
}

/** Metadata that the user added; what OpenTelemetry adds is plumbing. */
function outerMetadata(value: unknown): unknown {
  const { attributes: _a, resourceAttributes: _r, scope: _s, ...own } = asObject(unwrap(value)) ?? {}
  return own
}

function readSettings(json: Json | undefined): ModelConfig | undefined {
  const given = asObject(unwrap(json?.modelParameters)) ?? {}
  const settings: ModelConfig = {}
  const { temperature, top_p: topP } = given
  if (typeof temperature === 'number' && temperature >= 0 && temperature <= 100) settings.temperature = temperature
  if (typeof topP === 'number' && topP >= 0 && topP <= 1) settings.top_p = topP
  const most = asCount(given.max_tokens) ?? asCount(given.max_output_tokens)
  if (most) settings.max_tokens = most
  return Object.keys(settings).length > 0 ? settings : undefined
}

/** Scores are evidence. Only a boolean one says whether something passed. */
function readScores(scores: readonly unknown[], run: RunDraft): Evidence[] {
  const { previewer } = run
  const ids = new Set(run.drafts.map(({ step }) => step.id))
  return scores.flatMap((value): Evidence[] => {
    const json = asObject(value)
    const name = asString(json?.name)
    if (!json || !name) return []
    const isBoolean = json.dataType === 'BOOLEAN' && (json.value === 1 || json.value === 0)
    const step = asString(json.observationId)
    const stepId = step === undefined ? undefined : portableId(step)
    const shown = previewer.json(json.stringValue ?? json.value, 200)
    const source = asString(json.source)
    const comment = asString(json.comment)
    return [
      {
        kind: 'eval',
        name: previewer.text(name, 256),
        result: isBoolean ? (json.value === 1 ? 'pass' : 'fail') : 'unknown',
        ...(stepId && ids.has(stepId) ? { step_id: stepId } : {}),
        metadata: {
          langfuse: {
            ...(shown === undefined ? {} : { value: shown }),
            ...(source ? { source: previewer.text(source, 40) } : {}),
            ...(comment ? { comment: previewer.text(comment, 500) } : {}),
          },
        },
      },
    ]
  })
}
