import { hash } from './hash.ts'

/** A tool definition as it was offered to the model. */
export interface ToolDefinition {
  readonly name: string
  readonly description?: string | null
  readonly input_schema?: unknown
}

/** `schema_hash` of a tool: hash of kind `tool` over `{name, description, input_schema}`, `null` where absent. */
export const toolHash = (tool: ToolDefinition): string =>
  hash('tool', { name: tool.name, description: tool.description ?? null, input_schema: tool.input_schema ?? null })

/**
 * `arguments_hash` of a call: hash of kind `arguments` over `{arguments, salt}`. `salt` is the step's, `null` without one.
 * A text that is not JSON of the record profile is hashed by {@link textArgumentsHash}.
 */
export const argumentsHash = (args: unknown, salt: string | null): string =>
  hash('arguments', { arguments: args, salt })

/** `arguments_hash` where the input is not JSON of the record profile: over `{text, salt}`. */
export const textArgumentsHash = (text: string, salt: string | null): string => hash('arguments', { text, salt })
