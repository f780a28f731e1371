import { asObject, asString, type Json } from '../../conversion/json.ts'
import { member, objectMember, textMember } from './members.ts'

/** A call of a tool, as an item of a model's output says it. */
export interface RawCall {
  readonly name: string
  readonly callId: string | undefined
  readonly arguments: unknown
  readonly server: string | undefined
  /** The provider executed it: its result stands in the same item. */
  readonly hosted?: { readonly output: unknown; readonly failed: boolean; readonly isOver: boolean }
}

/** Calls whose results come as items of their own. */
const local = new Set([
  'function_call',
  'custom_tool_call',
  'computer_call',
  'shell_call',
  'local_shell_call',
  'apply_patch_call',
])

/** Reads a call: a function's, or one of a built-in or hosted tool, whose name is its type. */
export function readCall(raw: Json, item?: Json): RawCall {
  const type = asString(raw.type) ?? 'function_call'
  const data = objectMember(raw, 'provider_data')
  const origin = objectMember(item, 'tool_origin')
  const name = asString(raw.name) ?? textMember(item, 'tool_name') ?? type.replace(/_call$/, '')
  const server = textMember(raw, 'server_label') ?? textMember(data, 'server_label')
  const call = {
    name,
    callId: idOf(raw),
    arguments: raw.arguments ?? raw.input ?? raw.action ?? raw.operation ?? raw.queries ?? raw.code,
    server: server ?? textMember(origin, 'mcp_server_name'),
  }
  // A call that waits for an approval has not run, whoever runs it.
  const asks = type === 'mcp_approval_request' || asString(data?.type) === 'mcp_approval_request'
  if (local.has(type) || asks) return call
  const failed = (raw.error ?? undefined) !== undefined || raw.status === 'failed'
  const isOver = failed || raw.status === 'completed' || (raw.output ?? undefined) !== undefined
  return { ...call, hosted: { output: raw.output ?? raw.results ?? raw.outputs ?? raw.error, failed, isOver } }
}

/** The id under which results and decisions name a call. */
export const idOf = (raw: Json | undefined): string | undefined =>
  textMember(raw, 'call_id') ?? asString(raw?.id) ?? textMember(objectMember(raw, 'provider_data'), 'id')

/** What a call gave: the text that the SDK made of it, or the raw result. */
export function resultOf(item: Json): unknown {
  const raw = objectMember(item, 'raw_item')
  const output = item.output ?? raw?.output
  const part = asObject(output)
  return part?.type === 'text' || part?.type === 'input_text' ? member(part, 'text') : output
}
