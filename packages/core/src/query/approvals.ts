import type { AgentRun, ApprovalEntry, ApprovalEvent } from '@agent-run/types'
import { compareInstants, parseInstant } from '../semantics/instant.ts'

/**
 * The approvals of a run as `GET /approvals` and `agent-run query approvals` list them, each with all its events, in the
 * order of their first event in the record. What the record says stands: a decision beside it answers what the record
 * leaves open, the first of them, and the others are only listed.
 * @param beside decisions that are not in the record, in the order in which they came
 */
export const approvalsOf = (run: AgentRun, beside: readonly ApprovalEvent[] = []): readonly ApprovalEntry[] => {
  const recorded = threadsOf(run.approvals ?? [])
  const given = threadsOf(beside)
  return Array.from(new Set([...recorded.keys(), ...given.keys()]), (approval_id) => {
    const said = [...(recorded.get(approval_id) ?? [])].sort(inTime)
    const sent = given.get(approval_id) ?? []
    const request = said.find(({ event }) => event === 'requested')
    const last = said.at(-1)
    const standing = last === undefined || isOpen(last) ? (sent[0] ?? last) : last
    // The one that stands comes last, as it does where nobody was late.
    const events = [...said, ...sent].filter((event) => event !== request && event !== standing)
    return {
      run_id: run.id,
      approval_id,
      state: standing!.event,
      ...(request === undefined ? {} : { request }),
      decisions: standing === request ? events : [...events, standing!],
    }
  })
}

/** Whether an approval whose last event this is still waits for a decision. */
const isOpen = ({ event }: ApprovalEvent): boolean => event === 'requested' || event === 'escalated'

const threadsOf = (events: readonly ApprovalEvent[]): ReadonlyMap<string, readonly ApprovalEvent[]> => {
  const threads = new Map<string, ApprovalEvent[]>()
  for (const event of events) {
    const thread = threads.get(event.approval_id)
    if (thread) thread.push(event)
    else threads.set(event.approval_id, [event])
  }
  return threads
}

/** Sorting keeps the order of the record for equal times, and for times that do not exist. */
const inTime = (a: ApprovalEvent, b: ApprovalEvent): number => {
  const [first, second] = [parseInstant(a.at), parseInstant(b.at)]
  return first && second ? compareInstants(first, second) : 0
}

/** Whether an approval is about a call of a tool: that of its step or call, or the one it grants. */
export const concernsTool = (
  { request, decisions }: ApprovalEntry,
  tool: string,
  { steps }: Pick<AgentRun, 'steps'>,
): boolean => {
  const events = request === undefined ? decisions : [request, ...decisions]
  if (events.some(({ grant }) => grant?.tool_name === tool)) return true
  const stepIds = new Set(events.map(({ step_id }) => step_id))
  const callIds = new Set(events.map(({ tool_call_id }) => tool_call_id))
  return steps.some(
    ({ id, tool_call_id, tool_name }) =>
      tool_name === tool && (stepIds.has(id) || (tool_call_id !== undefined && callIds.has(tool_call_id))),
  )
}
