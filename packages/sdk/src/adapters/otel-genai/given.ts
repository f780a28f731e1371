import { digest, toolHash } from '@agent-run/core'
import type { ModelConfig, Tool } from '@agent-run/types'
import { asArray, asCount, asObject, asString, type Json } from '../../conversion/json.ts'
import { parsed } from '../../conversion/json-text.ts'
import type { Previewer } from '../../preview/index.ts'
import { names } from './names.ts'
import { attributeOf, numberOf, type Span, textOf } from './span.ts'
import { unflatten } from './unflatten.ts'

/** Settings that a model was asked to run with; `undefined` if the span says none. */
export function modelConfigOf(span: Span, previewer: Previewer): ModelConfig | undefined {
  const invocation = asObject(parsed(span.attributes.get('llm.invocation_parameters'))) ?? {}
  const number = (name: string, ...members: readonly string[]): number | undefined =>
    numberOf(span, [`gen_ai.request.${name}`]) ??
    members.map((member) => invocation[member]).find((value): value is number => Number.isFinite(value))
  const topK = number('top_k', 'top_k')
  const seed = number('seed', 'seed')
  const stops = (
    asArray(parsed(span.attributes.get('gen_ai.request.stop_sequences'))) ??
    asArray(invocation.stop) ??
    []
  )
    .flatMap((text) => asString(text) ?? [])
    .slice(0, 32)
    .map((text) => previewer.text(text, 256))
  const effort = textOf(span, ['gen_ai.request.reasoning.level', 'gen_ai.openai.request.reasoning_effort'])
  const tier = textOf(span, ['openai.request.service_tier', 'gen_ai.openai.request.service_tier'])
  const config = {
    temperature: within(number('temperature', 'temperature'), Number.MAX_SAFE_INTEGER),
    top_p: within(number('top_p', 'top_p'), 1),
    top_k: Number.isSafeInteger(topK) ? topK : undefined,
    max_tokens: asCount(number('max_tokens', 'max_tokens', 'max_completion_tokens', 'max_output_tokens')),
    seed: Number.isSafeInteger(seed) ? seed : undefined,
    stop_sequences: stops.length > 0 ? stops : undefined,
    reasoning_effort: effort && previewer.text(effort, 64),
    service_tier: tier && previewer.text(tier, 64),
  }
  const said = Object.entries(config).filter(([, value]) => value !== undefined)
  return said.length > 0 ? (Object.fromEntries(said) as ModelConfig) : undefined
}

/** A setting from 0 to the most that a record may say. */
const within = (value: number | undefined, most: number): number | undefined =>
  value !== undefined && value >= 0 && value <= most ? value : undefined

/** Tools as they were offered to the model, each name once. */
export function toolsOf(span: Span, previewer: Previewer): Tool[] {
  const defined = parsed(attributeOf(span, names.toolDefinitions))
  const flat = unflatten(span.attributes, 'llm.tools').map((entry) => asObject(asObject(entry)?.tool)?.json_schema)
  const tools = new Map<string, Tool>()
  for (const item of asArray(defined) ?? flat) {
    const json = asObject(parsed(item))
    const described = asObject(json?.function) ?? json
    const name = asString(described?.name)
    if (!described || name === undefined) continue
    const shown = previewer.text(name, 256)
    if (!tools.has(shown) && tools.size < 1000) tools.set(shown, toolOf(shown, described))
  }
  return [...tools.values()]
}

function toolOf(name: string, described: Json): Tool {
  const description = asString(described.description)
  const schema = described.parameters ?? described.inputSchema ?? described.input_schema
  return {
    name,
    ...(description ? { description_digest: digest(description) } : {}),
    // Without its schema a definition is not the one that was offered.
    ...(asObject(schema) ? hashOf(name, description, schema) : {}),
  }
}

function hashOf(name: string, description: string | undefined, schema: unknown): Pick<Tool, 'schema_hash'> {
  try {
    return { schema_hash: toolHash({ name, description: description ?? null, input_schema: schema }) }
  } catch {
    // It holds what no record may hold, such as a lone surrogate.
    return {}
  }
}
