import { canonicalize } from '../canonical/index.ts'
import { digest } from './sha256.ts'

/**
 * The closed table of what is hashed or signed as a JSON value: kind, exact input and the member that holds the hash.
 * The kind is part of the hashed bytes, so a value hashed as one thing can never be passed off as another.
 *
 * Made by functions of this package:
 * - `run-inputs`: `{agent_id, model, tools, config_hash, trigger}` → `provenance.run_hash`, without `sha256:`
 * - `private`: the object's `salt` and those of its private members that are present → `private_hash`
 * - `arguments`: `{arguments, salt}`, or `{text, salt}` where they are not JSON of the record profile → `arguments_hash`
 * - `tool`: `{name, description, input_schema}` as offered, absent → null → `schema_hash`, `tool_hash`
 *
 * Given as they are:
 * - `tools`: the list of such definitions of one MCP server → `tools_hash`
 * - `inventory`: the `inventory` of the run → `provenance.inventory_hash`
 * - `subject`: the JSON value that a policy decision evaluated → `subject_hash`
 *
 * Seals (spec/bytes.md), always in public form:
 * - `run`: the run without `steps` and `eval`, its provenance without `record_hash` and `signature` → `record_hash`
 * - `document`: the record without `eval` → `document_hash`
 * - `action`: `{run_id, nonce, step_id, tool_name, mcp_server, tool_hash, arguments_hash}`, absent → null →
 *   `action_hash`, `modified_action_hash`
 * - `approval`, `eval`, `statement`, `head`: the object without its own `signature`; `approval` → `request_hash` too
 */
export type HashKind =
  | 'run-inputs'
  | 'private'
  | 'arguments'
  | 'tool'
  | 'tools'
  | 'inventory'
  | 'run'
  | 'document'
  | 'action'
  | 'subject'
  | 'approval'
  | 'eval'
  | 'statement'
  | 'head'

const utf8 = new TextEncoder()

/**
 * Pre-authentication encoding of DSSE: `"DSSEv1 " + length(type) + " " + type + " " + length(body) + " " + body`, lengths
 * in bytes as decimal ASCII (AR-BYTES-010).
 */
export const pae = (type: string, body: Uint8Array): Uint8Array => {
  const head = utf8.encode(`DSSEv1 ${utf8.encode(type).length} ${type} ${body.length} `)
  const whole = new Uint8Array(head.length + body.length)
  whole.set(head)
  whole.set(body, head.length)
  return whole
}

/** Media type of a hashed or signed JSON value of some kind. */
export const mediaType = (kind: HashKind): string => `application/vnd.agent-run.${kind}.v1+json`

/**
 * Hash of a JSON value by kind, as the `*_hash` members spell it: `sha256:` and the SHA-256 of
 * `PAE(media type of the kind, canonical form)` in lower-case hexadecimal (AR-BYTES-010).
 * @throws {TypeError} if the value is not JSON
 */
export const hash = (kind: HashKind, value: unknown): string =>
  digest(pae(mediaType(kind), utf8.encode(canonicalize(value))))
