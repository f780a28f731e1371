import type { SchemaName } from '../generated/schema-table.ts'

/** The types of JSON Schema. */
export type JsonType = 'null' | 'boolean' | 'string' | 'number' | 'integer' | 'array' | 'object'

/** A schema of the dialect (`schemas/PROFILE.md`) without its annotations. */
export interface SchemaNode {
  readonly $ref?: SchemaName
  readonly type?: JsonType | readonly JsonType[]
  readonly enum?: readonly (string | number | boolean | null)[]
  readonly const?: string | number | boolean | null
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, SchemaNode>>
  /** Present on objects whose members are the producer's own; such an object has no unknown members. */
  readonly additionalProperties?: true
  readonly items?: SchemaNode
  readonly minItems?: number
  readonly maxItems?: number
  /** In code points. */
  readonly minLength?: number
  /** ECMA-262 expression, read with the flag `u`. */
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
}
