import { addMessage } from '../../conversion/draft-steps.ts'
import { asArray, asCount, asInteger, asObject, asString, type Json } from '../../conversion/json.ts'
import type { LineFate } from '../../conversion/ledger.ts'
import { momentAt } from '../../conversion/time.ts'
import { beginCall, type CallItem, endCall } from './calls.ts'
import { findCall } from './items.ts'
import type { RolloutLine } from './line.ts'
import { readChanges } from './patch.ts'
import { readRefusal, textOf } from './result.ts'
import type { Rollout } from './rollout.ts'
import { isScript } from './tools.ts'
import type { Call } from './turn.ts'

// What the client saw of the end of a call: as events of their own, or in newer versions as items that are done. Both have
// the same members under other names.

const over: LineFate = { skipped: 'event about a call that is over' }
const byUser = { by: 'user', reason: undefined } as const

/** What the client saw, and the call that it is if the file holds no other. */
interface Ending {
  readonly hint: NonNullable<Call['hint']>
  readonly changes?: Json | undefined
  readonly mcpServer?: string | undefined
  readonly call: Omit<CallItem, 'id' | 'within'>
  /** What came back, for a call of which no result is written. */
  readonly output: unknown
}

/** A command ended: `exec_command_end`, `CommandExecution`. */
export const readCommandEnd = (rollout: Rollout, line: RolloutLine): LineFate =>
  note(rollout, line, line.payload.call_id, commandEnd(line.payload, 'shell'))

/** A patch was applied or not: `patch_apply_end`, `FileChange`. */
export const readPatchEnd = (rollout: Rollout, line: RolloutLine): LineFate =>
  note(rollout, line, line.payload.call_id, patchEnd(line.payload, line.payload.success === true))

/** A tool of an MCP server answered: `mcp_tool_call_end`, `McpToolCall`. */
export function readMcpEnd(rollout: Rollout, line: RolloutLine): LineFate {
  const { call_id: id, invocation, result } = line.payload
  const { server, tool, arguments: input } = asObject(invocation) ?? {}
  const { Ok, ok, Err, err } = asObject(result) ?? {}
  return note(
    rollout,
    line,
    id,
    mcpEnd({ server, tool, input, result: asObject(Ok) ?? asObject(ok), error: Err ?? err }),
  )
}

/** An item that is done: a call as above, or a plan, which stands in the file nowhere else. */
export function readDoneItem(rollout: Rollout, line: RolloutLine): LineFate {
  const item = asObject(line.payload.item) ?? {}
  switch (asString(item.type)?.toLowerCase()) {
    case 'commandexecution':
      return note(rollout, line, item.id, commandEnd(item, 'exec_command'))
    case 'filechange':
      return note(rollout, line, item.id, patchEnd(item, item.status === 'completed'))
    case 'mcptoolcall': {
      const { server, tool, arguments: input, result } = item
      return note(
        rollout,
        line,
        item.id,
        mcpEnd({ server, tool, input, result: asObject(result), error: asObject(item.error)?.message }),
      )
    }
    case 'plan':
      return readPlan(rollout, line, asString(item.text) ?? textOf(asArray(item.content)))
    default:
      return { skipped: 'state of the client' }
  }
}

/**
 * Adds what the client saw to the call that it is about, which ends with its result. Where the file holds no such call it
 * is one of its own: of a script of the model, which calls tools while it runs, or of the user.
 */
function note(rollout: Rollout, line: RolloutLine, givenId: unknown, ending: Ending | undefined): LineFate {
  if (!ending) return { skipped: 'event about a call that is not in the file' }
  const id = asString(givenId) ?? `line-${line.number}`
  const found = findCall(rollout, id)
  if (found) {
    const { call, turn } = found
    if (!call.open) return over
    turn.book(line)
    call.hint = ending.hint
    if (ending.changes) call.changes = readChanges(ending.changes, turn.run.place)
    if (ending.mcpServer) call.draft.step.mcp_server = rollout.previewer.text(ending.mcpServer, 256)
    return 'mapped'
  }
  const turn = rollout.current(line)
  const within = [...turn.calls.values()].findLast((other) => other.open && isScript(other.name))
  const begun = momentAt(asCount(line.payload.started_at_ms) ?? Number.NaN) ?? line.time
  const ended = momentAt(asCount(line.payload.completed_at_ms) ?? Number.NaN) ?? line.time
  const call = beginCall(turn, { ...line, time: begun }, { ...ending.call, id, within })
  if (!call) return { skipped: 'call that was written before' }
  call.hint = ending.hint
  if (ending.changes) call.changes = readChanges(ending.changes, turn.run.place)
  endCall(turn, { ...line, time: ended }, call, ending.output)
  return 'mapped'
}

function commandEnd(payload: Json, name: string): Ending {
  const exitCode = asInteger(payload.exit_code)
  const words = asArray(payload.command)
  const isLine = words?.length === 3 && /^-l?c$/.test(asString(words[1]) ?? '')
  const workdir = asString(payload.cwd)?.replace(/^file:\/\//, '')
  return {
    hint: { exitCode, ...(payload.status === 'declined' ? { refusal: byUser } : {}) },
    call: {
      name,
      input: { ...(isLine && name === 'exec_command' ? { cmd: words[2] } : { command: payload.command }), workdir },
      byModel: payload.source !== 'user_shell',
    },
    output: { content: asString(payload.aggregated_output) ?? asString(payload.stdout) ?? '' },
  }
}

/** Of a patch of which no call is written only what it did is known: nothing, if it was not applied. */
function patchEnd(payload: Json, applied: boolean): Ending {
  const error = asString(payload.stderr) || 'the patch was not applied'
  return {
    hint: applied ? {} : payload.status === 'declined' ? { refusal: byUser } : { error },
    changes: applied ? (asObject(payload.changes) ?? {}) : {},
    call: { name: 'apply_patch', input: undefined, byModel: true },
    output: { content: asString(payload.stdout) ?? '', success: applied },
  }
}

interface McpAnswer {
  readonly server: unknown
  readonly tool: unknown
  readonly input: unknown
  readonly result: Json | undefined
  readonly error: unknown
}

function mcpEnd({ server: givenServer, tool, input, result, error }: McpAnswer): Ending {
  const server = asString(givenServer)
  const failure = asString(error)
  const failed = result?.is_error === true || result?.isError === true
  const refusal = failure === undefined ? undefined : readRefusal(failure)
  const problem = failure ?? (failed ? textOf(result.content) || 'the tool reported an error' : undefined)
  return {
    hint: refusal ? { refusal } : { error: problem },
    mcpServer: server,
    call: { name: asString(tool) ?? 'unknown', input, mcpServer: server, byModel: true },
    output: { content: result?.content ?? failure, success: problem === undefined },
  }
}

function readPlan(rollout: Rollout, line: RolloutLine, text: string): LineFate {
  if (text === '') return { skipped: 'message without text' }
  const turn = rollout.current(line)
  turn.book(line)
  addMessage(
    turn.run,
    'assistant',
    { id: `line-${line.number}`, text, at: line.time, modelCallId: turn.answer?.draft.step.id },
    { line: line.number },
  )
  return 'mapped'
}
