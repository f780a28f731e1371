import type { BenchTool, BenchToolDefinition } from '@agent-run/types'
import { compileJsonSchema } from '../schema/json-schema.ts'
import type { Desk } from './desk.ts'
import type { ToolReply } from './tool-reply.ts'

/** A tool as a runtime is told of it: nothing of its script. */
export function definitionOf(tool: BenchTool, allowedTools?: readonly string[]): BenchToolDefinition {
  const { name, description, input_schema, annotations, effect } = tool
  return {
    name,
    description,
    input_schema,
    ...(annotations === undefined ? {} : { annotations }),
    ...(effect === undefined ? {} : { effect }),
    ...(allowedTools === undefined ? {} : { needs_approval: !allowedTools.includes(name) }),
  }
}

/**
 * The tool by which a runtime that does not speak the protocol's approvals asks a person, who is the bench. It is offered
 * wherever a scenario answers questions, and stands in no ledger: what it was asked stands among the approvals.
 */
export const requestApprovalDefinition: BenchToolDefinition = {
  name: 'request_approval',
  description:
    'Asks the person in charge whether one call of a tool may be made, and returns their decision. Name the tool and give exactly the arguments of the call. An approval is for that one call; one with a `grant` is also for every later call of that tool.',
  input_schema: {
    type: 'object',
    properties: {
      tool_name: { type: 'string', minLength: 1, maxLength: 64, description: 'Name of the tool to be called' },
      arguments: { type: 'object', description: 'The arguments of the call, exactly as they will be given' },
      reason: { type: 'string', description: 'Why the call is needed' },
    },
    required: ['tool_name', 'arguments'],
    additionalProperties: false,
  },
}

const check = compileJsonSchema(requestApprovalDefinition.input_schema)

/** Answers a call of `request_approval`. */
export async function requestApproval(
  desk: Desk,
  args: unknown,
  pause: (ms: number) => Promise<void>,
): Promise<ToolReply> {
  const [fault] = check.faults(args, 1)
  if (fault !== undefined)
    return { exit_code: 1, error: `arguments${fault.path}: ${fault.message}`, refused: 'invalid_arguments' }
  const { tool_name, arguments: wanted } = args as { tool_name: string; arguments: unknown }
  const { decision, grant, reason, approval_id, after_ms } = desk.decide({ tool_name, arguments: wanted })
  await pause(after_ms)
  if (decision === 'none') return { exit_code: 1, error: 'nobody answered; the call is not approved' }
  const more = { ...(grant === undefined ? {} : { grant }), ...(reason === undefined ? {} : { reason }) }
  return { exit_code: 0, result: { approval_id, decision, ...more } }
}
