import type { AgentRun, Cost, Step } from '@agent-run/types'
import { previewAttributes } from '../../adapters/otel-genai/own-attributes.ts'

type Members = [string, unknown][]

/** What the GenAI conventions have a name for, of the run: attributes of the span `invoke_agent`. */
export function runAttributes(run: AgentRun): Members {
  const isCounted = run.steps.some(({ cost }) => cost !== undefined)
  return [
    ['gen_ai.operation.name', 'invoke_agent'],
    ['gen_ai.agent.id', run.agent_id],
    ['gen_ai.agent.name', run.agent_name ?? run.agent_id],
    ['gen_ai.agent.version', run.agent_version],
    ['gen_ai.conversation.id', run.session_id],
    ['gen_ai.provider.name', run.provider ?? undefined],
    ['gen_ai.request.model', run.model ?? undefined],
    ...settings(run.model_config),
    // Stated once: where the requests say what they used, their sum is not repeated here.
    ...(isCounted ? [] : usage(run.cost)),
    ...previews('run', run),
    ['error.type', errorType(run)],
  ]
}

/** The same of a step. */
export function stepAttributes(step: Step, run: AgentRun): Members {
  const { type } = step
  const common: Members = [
    ['gen_ai.conversation.id', run.session_id],
    ['gen_ai.agent.name', step.agent_id],
    ['error.type', errorType(step)],
    ...previews(type, step),
  ]
  if (type === 'model_call')
    return [
      ['gen_ai.operation.name', 'chat'],
      ['gen_ai.provider.name', run.provider ?? undefined],
      ['gen_ai.request.model', run.model ?? step.model],
      ['gen_ai.response.model', step.model],
      ['gen_ai.response.id', step.response_id],
      ['gen_ai.response.finish_reasons', step.stop_reason === undefined ? undefined : [step.stop_reason]],
      [
        'gen_ai.response.time_to_first_chunk',
        step.first_token_ms === undefined ? undefined : step.first_token_ms / 1000,
      ],
      ...usage(step.cost),
      ...common,
    ]
  if (type === 'handoff') return [['gen_ai.operation.name', 'invoke_agent'], ...common]
  if (step.tool_name === undefined || step.tool_name === null) return common
  return [
    ['gen_ai.operation.name', 'execute_tool'],
    ['gen_ai.tool.name', step.tool_name],
    ['gen_ai.tool.call.id', step.tool_call_id],
    ...(step.mcp_server ? ([['mcp.server.name', step.mcp_server]] satisfies Members) : []),
    ...common,
  ]
}

function previews(
  kind: string,
  { input_preview, output_preview }: Pick<Step, 'input_preview' | 'output_preview'>,
): Members {
  const places = Object.hasOwn(previewAttributes, kind) ? previewAttributes[kind] : undefined
  if (!places) return []
  const value = (text: string | null | undefined, role: string): string | undefined => {
    if (typeof text !== 'string') return undefined
    return places.isMessages ? JSON.stringify([{ role, parts: [{ type: 'text', content: text }] }]) : text
  }
  return [
    [places.input, value(input_preview, 'user')],
    [places.output, value(output_preview, 'assistant')],
  ]
}

const settings = (config: AgentRun['model_config']): Members => [
  ['gen_ai.request.temperature', config?.temperature],
  ['gen_ai.request.top_p', config?.top_p],
  ['gen_ai.request.top_k', config?.top_k],
  ['gen_ai.request.max_tokens', config?.max_tokens],
  ['gen_ai.request.seed', config?.seed],
  ['gen_ai.request.stop_sequences', config?.stop_sequences],
]

/** Tokens as the conventions count them: cached ones are part of the input. */
const usage = (cost: Cost | undefined): Members => [
  ['gen_ai.usage.input_tokens', cost?.input_tokens ?? undefined],
  ['gen_ai.usage.output_tokens', cost?.output_tokens ?? undefined],
  ['gen_ai.usage.cache_read.input_tokens', cost?.cache_read_tokens ?? undefined],
  ['gen_ai.usage.cache_write.input_tokens', cost?.cache_write_tokens ?? undefined],
  ['gen_ai.usage.reasoning.output_tokens', cost?.reasoning_tokens],
]

const failures: ReadonlySet<unknown> = new Set(['failed', 'timeout', 'cancelled', 'denied', 'interrupted'])

/** Whether something did not do what it was to do. */
export const isFailure = ({ status }: { readonly status?: unknown }): boolean => failures.has(status)

/** The conventions want a type for everything that failed; what is not known is `_OTHER`. */
const errorType = (object: Pick<Step, 'error_type'> & { readonly status?: unknown }): string | undefined =>
  isFailure(object) ? (object.error_type ?? '_OTHER') : undefined
