import { digest, toolHash } from '@agent-run/core'
import type { Recorder } from '../recorder/index.ts'
import { asList, asObject, asText, type Json } from './read-json.ts'
import { noteOffered } from './tool-links.ts'

/** Most tools of one request that are looked at. */
const most = 1_000

/** What was offered last in a run, so that only a change is written down. */
const lastOffered = new WeakMap<Recorder, string>()

interface Definition {
  readonly name: string
  readonly description: string | null
  readonly input_schema: unknown
}

/**
 * The tools that a request offers to the model, for the metadata of its step: a digest of their definitions, and, where
 * they are not those of the request before, their names. Calls of these tools carry the hash of the definition.
 */
export function offeredTools(run: Recorder, tools: unknown): Json {
  const definitions = asList(tools).slice(0, most).flatMap(definitionsOf)
  if (definitions.length === 0) return {}
  const hashes = definitions.map((definition) => [definition.name, hashOf(definition)] as const)
  for (const [name, hash] of hashes) if (hash !== undefined) noteOffered(run, name, hash)
  const whole = digest(JSON.stringify(hashes))
  const isKnown = lastOffered.get(run) === whole
  lastOffered.set(run, whole)
  return { tools_digest: whole, ...(isKnown ? {} : { tools: hashes.map(([name]) => name) }) }
}

/** Definitions as Anthropic, OpenAI (both interfaces), Gemini, Bedrock, Ollama, the AI SDK and OpenAI Agents write them. */
const definitionsOf = (tool: unknown): readonly Definition[] => {
  const given = asObject(tool)
  const several = asList(given?.functionDeclarations ?? given?.function_declarations)
  if (several.length > 0) return several.slice(0, most).flatMap(definitionsOf)
  const inner = asObject(given?.function) ?? asObject(given?.toolSpec) ?? given
  // A tool of the provider, such as its web search, has a type and no name.
  const name = asText(inner?.name) ?? asText(inner?.type)
  if (inner === undefined || name === undefined) return []
  const schema =
    inner.input_schema ??
    inner.inputSchema ??
    inner.parameters ??
    inner.parametersJsonSchema ??
    inner.parameters_json_schema
  return [
    { name, description: asText(inner.description) ?? null, input_schema: asObject(schema)?.json ?? schema ?? null },
  ]
}

/** `undefined` for a definition that is no JSON of the record profile. */
const hashOf = (definition: Definition): string | undefined => {
  try {
    return toolHash(definition)
  } catch {
    return undefined
  }
}
