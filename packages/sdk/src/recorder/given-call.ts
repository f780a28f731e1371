import type { Context } from './context.ts'
import type { ApprovalTerms } from './decisions.ts'
import { readTerms } from './policy-verdict.ts'
import type { ToolCall } from './tool-call.ts'

/** A call, read once: also what an object of the caller's own class says. */
export const readCall = <A>(given: ToolCall<A>): ToolCall<A> => ({
  ...given,
  ...Object.fromEntries(
    (['tool_name', 'mcp_server', 'tool_hash', 'arguments', 'approval', 'ask', 'until', 'show'] as const)
      .map((name) => [name, given?.[name]])
      .filter(([, value]) => value !== undefined),
  ),
})

/** Whether anybody has to be asked: in doubt, yes. An `approval` that says no, where yes is all it can say, is a doubt. */
export const needsPermission = ({ options }: Context, call: ToolCall<unknown>): boolean => {
  try {
    return options.policy !== undefined || options.ask !== undefined || call?.approval !== undefined
  } catch {
    return true
  }
}

/** The caller's arguments, where its call cannot be recorded. */
export const argumentsOf = <A>(call: ToolCall<A>): A => {
  try {
    return call?.arguments as A
  } catch {
    return undefined as A
  }
}

/** The terms of a call that asks for an approval itself. */
export const termsOf = ({ approval }: ToolCall<unknown>): ApprovalTerms | undefined | Error => {
  try {
    return approval === undefined ? undefined : readTerms(approval)
  } catch (error) {
    return error instanceof Error ? error : new Error('the terms of an approval cannot be read')
  }
}
