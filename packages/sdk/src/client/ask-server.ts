import { checkSignature, isApprover, parseTrust, publicKeyOf } from '@agent-run/core'
import type { ApprovalEvent, Trust } from '@agent-run/types'
import type { ApprovalRequest, Ask } from '../recorder/index.ts'
import type { Client } from './client.ts'
import type { Wait } from './options.ts'
import { platformWait } from './options.ts'

/** How a server is asked. */
export interface AskServerOptions {
  /** Milliseconds between two looks; 1,000 by default. */
  readonly every?: number
  /** Waits; the timers of the platform by default. */
  readonly wait?: Wait
  /**
   * A trust file, parsed: only the decision of a key counts that it trusts, now, with the role approver, for this agent
   * and workspace and for the role that was asked for. Statements that take trust away are not looked at.
   */
  readonly trust?: Trust
  /** Keys, as did:key: only decisions of these count. With `trust` a key has to fit both. */
  readonly approvers?: readonly string[]
  /** Told once about every signed decision that is passed over. */
  readonly onStranger?: (decision: ApprovalEvent) => void
  /** Milliseconds since 1970, for the validity of keys; `Date.now` by default. */
  readonly clock?: () => number
}

/** How long a request waits that says nothing about it, in milliseconds. */
const usualWait = 60 * 60 * 1000

/**
 * Asks people through a server: waits until somebody has sent it a signed decision about the request (`agent-run approve`
 * does). For a recorder that records live, so that the server knows the request. A server that cannot be reached is
 * asked again; the request's own end, `expires_in_ms`, ends the waiting, an hour unless said otherwise.
 *
 * Without `trust` and `approvers` the word of everybody counts whom the server lets decide. With either, the decision of
 * any other key is passed over, a no as well as a yes, and the waiting goes on.
 * @throws TypeError if `trust` is no trust file, or `approvers` are no keys
 */
export const askServer = (client: Client, options: AskServerOptions = {}): Ask => {
  const { every = 1000, wait = platformWait, onStranger } = options
  const counts = whoCounts(options)
  const strangers = new Set<string>()

  const decisionOn = async (request: ApprovalRequest): Promise<ApprovalEvent | undefined> => {
    const { run_id } = request.call
    for await (const { approval_id, decisions } of client.approvals({ run_id }))
      if (approval_id === request.event.approval_id)
        return decisions.filter(isSignedDecision).find((decision) => counts(decision, request) || passOver(decision))
    return undefined
  }
  const passOver = (decision: ApprovalEvent): false => {
    const name = JSON.stringify(decision)
    if (strangers.has(name)) return false
    strangers.add(name)
    try {
      onStranger?.(decision)
    } catch {
      // Whoever listens must not end the waiting.
    }
    return false
  }

  const ask = async (request: ApprovalRequest) => {
    const { signal } = request
    while (!signal.aborted) {
      // The journal may not have arrived yet, the server may be away: both pass.
      const decision = await decisionOn(request).catch(() => undefined)
      if (decision !== undefined) return { event: decision }
      await wait(every, signal)
    }
    return { decision: 'cancelled' as const }
  }
  return Object.assign(ask, { expiresIn: usualWait })
}

const whoCounts = ({
  trust: given,
  approvers,
  clock = Date.now,
}: AskServerOptions): ((decision: ApprovalEvent, request: ApprovalRequest) => boolean) => {
  if (given === undefined && approvers === undefined) return () => true
  const trust = given === undefined ? undefined : readTrust(given)
  const keys = approvers === undefined ? undefined : readKeys(approvers)
  return (decision, { event, run: { signed_by: recorder, ...run } }) => {
    if (checkSignature('approval', decision) !== 'pass') return false
    if (keys !== undefined && !keys.has(decision.signed_by)) return false
    const now = new Date(clock()).toISOString()
    return trust === undefined || isApprover(trust, decision, { ...run, approvals: [event] }, { recorder, now })
  }
}

const readTrust = (given: Trust): Trust => {
  const parsed = parseTrust(given)
  if (parsed.ok) return parsed.trust
  const [{ code, path } = { code: 'trust', path: '' }] = parsed.findings
  throw new TypeError(`trust is no trust file: ${code} at ${path || 'the root'}`)
}

const readKeys = (given: readonly string[]): ReadonlySet<unknown> => {
  if (!Array.isArray(given) || given.some((key) => typeof key !== 'string' || publicKeyOf(key) === undefined))
    throw new TypeError('approvers are no keys; expected a list of did:keys of Ed25519 public keys')
  return new Set(given)
}

const isSignedDecision = ({ event, signature }: ApprovalEvent): boolean =>
  signature !== undefined && (event === 'approved' || event === 'denied')
