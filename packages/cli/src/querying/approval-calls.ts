import type { AgentRun, ApprovalEntry } from '@agent-run/types'

/** What was asked and answered, with the call it is about as the run shows it. */
export interface AskedApproval extends ApprovalEntry {
  readonly agent_id?: string
  readonly tool_name?: string
  readonly mcp_server?: string
  readonly input_preview?: string
}

/** An approval with the call that it is about; without it where the run does not show one. */
export function withCall(entry: ApprovalEntry, run: AgentRun): AskedApproval {
  const events = [entry.request, ...entry.decisions].filter((event) => event !== undefined)
  const step = run.steps.find(({ id, tool_call_id, approval }) =>
    events.some(
      (event) =>
        (event.step_id !== undefined && event.step_id === id) ||
        (event.tool_call_id !== undefined && event.tool_call_id === tool_call_id) ||
        (event.step_id === undefined &&
          event.tool_call_id === undefined &&
          approval?.approval_id === entry.approval_id),
    ),
  )
  const { tool_name, mcp_server, input_preview } = step ?? {}
  return {
    ...entry,
    agent_id: run.agent_id,
    ...(tool_name ? { tool_name } : {}),
    ...(mcp_server ? { mcp_server } : {}),
    ...(input_preview ? { input_preview } : {}),
  }
}
