import { isGiven, objectOf, type Place, textOf } from './object.ts'
import type { StepPlace } from './places.ts'
import type { Rule } from './rule.ts'

/** Rules about standing permissions. */
export const grantRules: readonly Rule[] = [
  {
    code: 'grant.other_session',
    severity: 'warning',
    requirement: 'AR-APPR-009',
    summary: "a session grant names the run's session",
    check: ({ run, approvals }, report) => {
      for (const { value, path } of approvals) {
        const grant = objectOf(value, 'grant')
        if (grant?.scope !== 'session' || textOf(grant, 'session_id') === textOf(run, 'session_id')) continue
        const place = isGiven(grant, 'session_id') ? `${path}/grant/session_id` : `${path}/grant`
        report(place, "the grant is for a session and does not name the run's; expected the session_id of the run")
      }
    },
  },
  {
    code: 'grant.other_tool',
    severity: 'error',
    requirement: 'AR-APPR-010',
    summary: 'a step that a grant auto-approves uses the tool, server and definition of the grant',
    check: ({ steps, approvalsById }, report) => {
      if (approvalsById.size === 0) return
      const grantsById = new Map([...approvalsById].map(([id, events]) => [id, grantKeys(events)]))
      for (const step of steps) {
        if (step.approval?.state !== 'auto_approved') continue
        const grants = grantsById.get(step.approval.approvalId ?? '')
        if (grants && grants.size > 0 && !keysThatCover(step).some((key) => grants.has(key)))
          report(
            `${step.path}/approval/approval_id`,
            'the grant is for another tool, server or definition; expected a grant for the one this step uses',
          )
      }
    },
  },
]

/**
 * Whether an approval is a grant that was given in another run and copied here as it was: what it says about steps and
 * decisions is about those of that run. (AR-APPR-006)
 */
export const isCopiedGrant = ({ value }: Place, runId: string | undefined): boolean =>
  objectOf(value, 'grant') !== undefined && isGiven(value, 'run_id') && textOf(value, 'run_id') !== runId

/** What the grants among the events of one approval name: tool, server and definition, any of them left open. */
const grantKeys = (events: readonly Place[]): Set<string> => {
  const keys = new Set<string>()
  for (const { value } of events) {
    const grant = objectOf(value, 'grant')
    if (grant) keys.add(grantKey(textOf(grant, 'tool_name'), textOf(grant, 'mcp_server'), textOf(grant, 'tool_hash')))
  }
  return keys
}

/** Every key of a grant that a step may rest on: each of the three is left open or the step's own. */
const keysThatCover = ({ toolName, mcpServer, toolHash }: StepPlace): string[] => {
  const choices = (own: string | undefined) => (own === undefined ? [own] : [undefined, own])
  return choices(toolName).flatMap((name) =>
    choices(mcpServer).flatMap((server) => choices(toolHash).map((hash) => grantKey(name, server, hash))),
  )
}

const grantKey = (...named: readonly (string | undefined)[]): string => JSON.stringify(named)
