import { setTimeout as wait } from 'node:timers/promises'
import { protectObject, requestHash, type Signer, signObject } from '@agent-run/core'
import { type Client, RequestError } from '@agent-run/sdk/client'
import type { AgentRun, ApprovalEntry, ApprovalEvent } from '@agent-run/types'
import type { AskedApproval, Desk } from '../tools/index.ts'

/** Answers what a runtime asks through the server. */
export interface Approver {
  /** Looks for questions; call it after each write. */
  look(): void
  /** Sentences about questions that could not be answered. */
  readonly problems: readonly string[]
  /** Answers nothing any more; resolves when nothing is under way. */
  close(): Promise<void>
}

/** Who answers, as the events say: the bench in the place of a person. */
const ACTOR = { kind: 'human', id: 'approver@agent-run-bench' } as const

/** Makes one that decides by a desk and signs with a key of the bench. `client` has a key that may decide. */
export const createApprover = (client: Client, desk: Desk, signer: Signer): Approver => {
  const closing = new AbortController()
  const seen = new Set<string>()
  const problems: string[] = []
  const answers = new Set<Promise<void>>()
  let looking: Promise<void> | undefined
  let again = false

  const lookOnce = async (): Promise<void> => {
    for await (const entry of client.approvals({ state: 'requested' }, { signal: closing.signal })) {
      const { request, run_id, approval_id } = entry
      const name = JSON.stringify([run_id, approval_id, request])
      if (request === undefined || seen.has(name)) continue
      seen.add(name)
      const run = await client.getRun(run_id, { signal: closing.signal })
      const answer = answerTo(run, request, desk.decide(questionOf(entry, run, request)))
      answers.add(answer)
      void answer.finally(() => answers.delete(answer))
    }
  }
  const answerTo = async (run: AgentRun, request: ApprovalEvent, decided: AskedApproval): Promise<void> => {
    if (decided.decision === 'none') return
    try {
      if (decided.after_ms > 0) await wait(decided.after_ms, undefined, { signal: closing.signal })
      const event = decisionOn(run, request, decided)
      await client.decide(run.id, request.approval_id, await signObject('approval', event, signer))
    } catch (error) {
      if (closing.signal.aborted) return
      // Whoever was faster: the question has an answer.
      if (error instanceof RequestError && error.code === 'approval.decided') return
      problems.push(`a question could not be answered: ${error instanceof RequestError ? error.code : 'unknown error'}`)
    }
  }
  const look = (): void => {
    if (closing.signal.aborted) return
    if (looking !== undefined) {
      again = true
      return
    }
    looking = lookOnce()
      // What the server does not tell now it tells after the next write.
      .catch(() => undefined)
      .finally(() => {
        looking = undefined
        if (again) {
          again = false
          look()
        }
      })
  }
  return {
    look,
    problems,
    close: async () => {
      closing.abort()
      await looking
      await Promise.allSettled(answers)
    },
  }
}

const questionOf = ({ approval_id }: ApprovalEntry, run: AgentRun, request: ApprovalEvent) => {
  const step = run.steps.find(({ id }) => id === request.step_id)
  const target = step?.side_effects?.find((effect) => effect.target !== undefined)?.target ?? step?.input_preview
  return {
    approval_id,
    tool_name: step?.tool_name ?? '',
    ...(typeof target === 'string' ? { target } : {}),
    ...(typeof step?.arguments_hash === 'string' ? { arguments_hash: step.arguments_hash } : {}),
    ...(typeof step?.salt === 'string' ? { salt: step.salt } : {}),
  }
}

const decisionOn = (run: AgentRun, request: ApprovalEvent, decided: AskedApproval): ApprovalEvent => {
  const { decision, reason } = decided
  const grant = grantOf(run, request, decided)
  const event: ApprovalEvent = {
    approval_id: request.approval_id,
    event: decision === 'approved' ? 'approved' : 'denied',
    run_id: run.id,
    ...given('step_id', request.step_id),
    ...given('tool_call_id', request.tool_call_id),
    at: new Date().toISOString(),
    // A request ends soon; what is granted with its answer does not.
    ...given('expires_at', grant === undefined ? request.expires_at : undefined),
    ...given('grant', grant),
    ...given('required_role', request.required_role),
    actor: ACTOR,
    ...given('action_hash', request.action_hash),
    request_hash: requestHash(request),
    basis: 'observed',
    ...given('reason', reason),
  }
  return reason === undefined ? event : protectObject('approval', event)
}

/** For the tool that was asked for, of its server and with its definition, and for nothing else. */
const grantOf = (run: AgentRun, request: ApprovalEvent, { grant: scope }: AskedApproval): ApprovalEvent['grant'] => {
  const step = run.steps.find(({ id }) => id === request.step_id)
  if (scope === undefined || typeof step?.tool_name !== 'string') return undefined
  return {
    scope,
    tool_name: step.tool_name,
    ...given('mcp_server', step.mcp_server ?? undefined),
    ...given('tool_hash', step.tool_hash ?? undefined),
    ...given('session_id', scope === 'session' ? (run.session_id ?? undefined) : undefined),
  }
}

const given = <K extends string, V>(name: K, value: V | undefined): { [key in K]?: V } =>
  value === undefined ? {} : ({ [name]: value } as { [key in K]?: V })
