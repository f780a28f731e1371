import { asArray, asObject, asString, type Json } from '../../conversion/json.ts'
import { member, objectMember, objectsIn } from './members.ts'

/** What is decided about a call. */
export interface Decided {
  readonly verdict: 'approved' | 'denied'
  /** It follows from a decision about every call of the tool, not from one about this call. */
  readonly isStanding: boolean
  /** What the model is told instead of a result. */
  readonly message: string | undefined
}

/** Decisions about the calls of one tool, as a run state keeps them. */
interface ToolDecisions {
  /** Name of the tool; of a hosted MCP server its label as well. */
  readonly tool: string
  /** `true`: every call. */
  readonly approved: true | ReadonlySet<string>
  readonly rejected: true | ReadonlySet<string>
  readonly messages: ReadonlyMap<string, string>
  readonly standingMessage: string | undefined
  /** Calls with this scope are covered by a decision about every call. */
  readonly scope: string | undefined
}

/** A call that the state knows of, whether or not an item shows it. */
interface Invocation {
  readonly scope: string | undefined
  readonly isExecuted: boolean
  readonly isCompleted: boolean
}

/** What the model is told of a rejected call if nobody says otherwise. */
export const standardMessage = 'Tool execution was not approved.'

/** Approvals and rejections in the context of a run state. */
export class Decisions {
  readonly tools: readonly ToolDecisions[]
  readonly invocations: ReadonlyMap<string, Invocation>
  readonly #callFirst: boolean

  constructor(state: Json) {
    const context = asObject(state.context)
    const byName = Object.entries(asObject(context?.approvals) ?? {}).flatMap(([tool, record]) => read(tool, record))
    const byAgent = objectsIn(context, 'function_tool_approvals').flatMap((entry) =>
      read(asString(member(entry, 'tool_key')), entry.decision),
    )
    const hosted = objectsIn(context, 'hosted_mcp_approvals').flatMap((entry) => {
      const identity = asObject(entry.identity)
      return read(asString(identity?.tool_name) ?? asString(identity?.server_label) ?? 'unknown', entry.decision)
    })
    this.tools = [...byName, ...byAgent, ...hosted]
    this.invocations = new Map(
      Object.entries(objectMember(context, 'tool_invocations') ?? {}).flatMap(([id, value]) => {
        const json = asObject(value)
        if (!json || id === '') return []
        const { executed, completed } = json
        const scope = asString(json.approval_scope)
        return [[id.toWellFormed(), { scope, isExecuted: executed === true, isCompleted: completed === true }]]
      }),
    )
    // Since 1.16 Python lets a decision about a call override the one about its tool; before, and in JavaScript, the tool's counts.
    const minor = Number(/^1\.(\d{1,3})$/.exec(asString(state.$schemaVersion) ?? '')?.[1])
    this.#callFirst = minor >= 16 && !('modelResponses' in state)
  }

  /**
   * What is decided about a call; a standing decision counts only if the result, where there is one, does not contradict
   * it: it may have been made after this call.
   */
  about(tool: string, callId: string | undefined, result: string | undefined): Decided | undefined {
    const exact = callId === undefined ? undefined : this.#exact(callId)
    const standing = this.#standing(tool, callId)
    const [first, second] = this.#callFirst ? [exact, standing] : [standing, exact]
    return [first, second].find((decided) => decided && !contradicts(decided, result))
  }

  #exact(callId: string): Decided | undefined {
    const has = (list: true | ReadonlySet<string>): boolean => list !== true && list.has(callId)
    // Where a state says both, approval counts for the SDK.
    if (this.tools.some(({ approved }) => has(approved)))
      return { verdict: 'approved', isStanding: false, message: undefined }
    const record = this.tools.find(({ rejected }) => has(rejected))
    return record && { verdict: 'denied', isStanding: false, message: record.messages.get(callId) }
  }

  #standing(tool: string, callId: string | undefined): Decided | undefined {
    const scope = callId === undefined ? undefined : this.invocations.get(callId)?.scope
    const records = this.tools.filter(
      (record) => record.tool === tool && (record.scope === undefined || scope === undefined || record.scope === scope),
    )
    if (records.some(({ approved }) => approved === true))
      return { verdict: 'approved', isStanding: true, message: undefined }
    const record = records.find(({ rejected }) => rejected === true)
    return record && { verdict: 'denied', isStanding: true, message: record.standingMessage }
  }
}

function contradicts({ verdict, isStanding, message }: Decided, result: string | undefined): boolean {
  if (!isStanding || result === undefined) return false
  const wasRejected = result === standardMessage || result === message
  return wasRejected === (verdict === 'approved')
}

function read(tool: string | undefined, value: unknown): ToolDecisions[] {
  const record = asObject(value)
  if (!tool || !record) return []
  const messages = objectMember(record, 'rejection_messages') ?? asObject(record.messages)
  return [
    {
      tool: tool.toWellFormed(),
      approved: callsIn(record.approved),
      rejected: callsIn(record.rejected),
      messages: new Map(
        Object.entries(messages ?? {}).flatMap(([id, text]): [string, string][] => {
          const message = asString(text)
          return message === undefined ? [] : [[id.toWellFormed(), message]]
        }),
      ),
      standingMessage: asString(member(record, 'sticky_rejection_message')) ?? asString(record.stickyRejectMessage),
      scope: asString(member(record, 'sticky_scope')),
    },
  ]
}

const callsIn = (value: unknown): true | ReadonlySet<string> =>
  value === true || new Set((asArray(value) ?? []).flatMap((id) => asString(id) ?? []))
