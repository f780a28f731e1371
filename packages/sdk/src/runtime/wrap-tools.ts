import type { Recorder } from '../recorder/index.ts'
import { type RunSource, runOf } from './current-run.ts'
import { decideApproval, pendingCall, requestApproval } from './pending-calls.ts'
import { asList, asObject, asText, type Json } from './read-json.ts'
import { linksOfCall } from './tool-links.ts'
import { recordCall, type ToolAbout, wrapTool } from './wrap-tool.ts'

type Method = (this: unknown, ...parameters: unknown[]) => unknown

/**
 * Tools that do the same and are recorded, as `wrapTool` does: functions, or objects with a function `execute`, as those of
 * the AI SDK, whose second parameter gives the id of the call. Others are passed on as they are. Where such a tool says that
 * a call needs an approval (`needsApproval`), the request is recorded, and who came back to the call with which answer.
 *
 * @param source the run, or how to find it when a tool is called: `currentRun`
 * @param tools by name
 * @param about what is recorded of all of them
 */
export function wrapTools<T extends Readonly<Record<string, unknown>>>(
  source: RunSource,
  tools: T,
  about: Omit<ToolAbout, 'name'> = {},
): T {
  const wrapped = Object.entries(tools).map(([name, tool]) => [name, wrapOne(source, tool, { ...about, name })])
  return Object.fromEntries(wrapped) as T
}

const wrapOne = (source: RunSource, tool: unknown, about: ToolAbout): unknown => {
  if (typeof tool === 'function') return wrapTool(source, about, tool as Method)
  const execute = asObject(tool)?.execute
  if (typeof execute !== 'function') return tool
  return wrapObject(source, tool as Json, execute as Method, { parameters: 'first', callId: idOfCall, ...about })
}

/** The id that the AI SDK gives as one of the options of a call. */
const idOfCall = (...[, options]: readonly unknown[]): unknown => asObject(options)?.toolCallId

function wrapObject(source: RunSource, tool: Json, execute: Method, about: ToolAbout): object {
  const { needsApproval } = tool
  const isGenerator = Object.prototype.toString.call(execute) === '[object AsyncGeneratorFunction]'
  const { execute: _, needsApproval: __, ...members } = Object.getOwnPropertyDescriptors(tool)
  const wrapped: object = Object.create(Object.getPrototypeOf(tool), members)
  /** The tool itself, for what it does with its own private members. */
  const own = (self: unknown): unknown => (self === wrapped ? tool : self)
  const define = (name: string, value: Method): void => {
    Object.defineProperty(wrapped, name, { value, enumerable: true, configurable: true, writable: true })
  }
  define('execute', function (this: unknown, ...parameters) {
    const work = (changed: readonly unknown[]): unknown => Reflect.apply(execute, own(this), changed)
    const run = runOf(source)
    if (run === undefined) return work(parameters)
    recordAnswer(run, about, parameters)
    return recordCall(run, about, parameters, { work, isGenerator })
  })
  if (needsApproval !== undefined && needsApproval !== false)
    define('needsApproval', async function (this: unknown, ...parameters) {
      const isNeeded =
        typeof needsApproval === 'function' ? await Reflect.apply(needsApproval, own(this), parameters) : needsApproval
      const run = runOf(source)
      if (run !== undefined && isNeeded === true) recordRequest(run, about, parameters)
      return isNeeded
    })
  return wrapped
}

const recordRequest = (run: Recorder, about: ToolAbout, parameters: readonly unknown[]): void => {
  const { name, callId, parameters: _, ...members } = about
  const id = asText(callId?.(...parameters))
  if (id === undefined) return
  const links = linksOfCall(run, name, id)
  requestApproval(run, { ...links, ...members, tool_name: name, tool_call_id: id, arguments: parameters[0] })
}

/** The AI SDK comes back to an approved call with the conversation, in which the answer stands. */
const recordAnswer = (run: Recorder, { callId }: ToolAbout, parameters: readonly unknown[]): void => {
  const id = asText(callId?.(...parameters))
  if (id === undefined || pendingCall(run, id) === undefined) return
  const parts = asList(asObject(parameters[1])?.messages)
    .flatMap((message) => asList(asObject(message)?.content))
    .map(asObject)
  const asked = parts.findLast((part) => part?.type === 'tool-approval-request' && part.toolCallId === id)
  const answer = parts.findLast(
    (part) => part?.type === 'tool-approval-response' && part.approvalId === asked?.approvalId,
  )
  const reason = asText(answer?.reason)
  if (reason !== undefined) decideApproval(run, id, { decision: 'approved', actor: { kind: 'unknown' }, reason })
}
