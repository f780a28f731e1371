import { toolHash } from '@agent-run/core'
import type { Tool } from '@agent-run/types'
import { createCleaner } from '../preview/clean.ts'
import type { Previewer } from '../preview/index.ts'
import { asArray, asObject, asString, type Json } from './json.ts'

/** Most definitions that are read. */
const most = 2000

/**
 * Tools as they were offered to the model, each name once: definitions as OpenAI's function calling writes them, or flat,
 * with `parameters` or `input_schema`. One that is only a name has no hash.
 */
export function readToolDefinitions(value: unknown, previewer: Previewer): Tool[] {
  const tools = new Map<string, Tool>()
  for (const entry of (asArray(value) ?? []).slice(0, most)) {
    const json = asObject(entry)
    const definition = asObject(json?.function) ?? json
    const name = asString(definition?.name)
    if (!definition || !name) continue
    const shown = previewer.text(name, 256)
    if (!tools.has(shown)) tools.set(shown, { name: shown, ...hashOf(definition, name) })
  }
  return [...tools.values()]
}

function hashOf(definition: Json, name: string): { schema_hash?: string } {
  // The hash is over the definition as it is; what no record could hold is replaced first.
  const exact = createCleaner(false, 0)
  const schema =
    asObject(definition.parameters) ?? asObject(definition.input_schema) ?? asObject(definition.inputSchema)
  const description = asString(definition.description)
  if (schema === undefined && description === undefined) return {}
  return {
    schema_hash: toolHash({ name, description: description ?? null, input_schema: exact.value(schema) ?? null }),
  }
}
