import type { PolicyDecision } from '@agent-run/types'
import type { Context } from './context.ts'
import type { ApprovalTerms, PolicyVerdict } from './decisions.ts'
import { type Proposal, shown, snapshotFor } from './proposal.ts'

type Enforcement = NonNullable<PolicyDecision['enforcement']>

/** What each verdict does to a call. */
const enforced: Readonly<Record<PolicyVerdict['verdict'], Enforcement>> = {
  allow: 'executed',
  warn: 'executed',
  redact: 'redacted',
  modify: 'modified',
  block: 'blocked',
  require_approval: 'asked',
  review: 'asked',
}

/** A verdict that is of the documented shape, read once. */
export interface Verdict {
  /** Members of the decision, without those that the recorder gives: `id`, `at`, `enforcement`. */
  readonly said: Omit<PolicyVerdict, 'arguments' | 'request' | 'enforcement'>
  readonly enforcement: Enforcement
  /** What the request for an approval says; absent if nobody is asked. */
  readonly terms?: ApprovalTerms
  /** The arguments in the place of the caller's. */
  readonly changed?: { readonly arguments: unknown }
}

/** Asks the policy. `undefined`: it has nothing to say. What fails, or cannot be understood, blocks and is a fault. */
export async function askPolicy({ faults, options }: Context, proposal: Proposal): Promise<Verdict | undefined> {
  const { policy } = options
  if (policy === undefined) return undefined
  try {
    const given: unknown = await policy(shown(proposal))
    return given === undefined ? undefined : readVerdict(given, proposal)
  } catch (error) {
    const reason = error instanceof Misunderstood ? error.message : 'the policy failed'
    faults.guard('recorder.policy_failed', `${reason}, so the call is not run`, () => {
      throw error
    })
    return {
      said: { verdict: 'block', matched: 'error', decider: { kind: 'policy' }, reasons: [reason] },
      enforcement: 'blocked',
    }
  }
}

class Misunderstood extends Error {}

function readVerdict(given: unknown, proposal: Proposal): Verdict {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new Misunderstood('the policy gave neither a verdict nor undefined')
  const { verdict, enforcement, request, arguments: args, ...others } = given as Partial<PolicyVerdict>
  if (verdict === undefined || !Object.hasOwn(enforced, verdict))
    throw new Misunderstood('the policy gave no verdict that there is')
  const usual = enforced[verdict]
  // An allowed call that is also said to be blocked: nobody knows what was meant.
  if (enforcement !== undefined && enforcement !== 'none' && enforcement !== usual)
    throw new Misunderstood('the policy gave a verdict and an enforcement that do not go together')
  const { id: _, at: __, ...said } = others as Partial<PolicyDecision>
  const read = { said: { ...said, verdict }, enforcement: enforcement ?? usual }
  if (enforcement === 'none') return read
  if (usual === 'asked') return { ...read, terms: readTerms(request ?? {}) }
  if (usual !== 'modified' && usual !== 'redacted') return read
  if (args === undefined) throw new Misunderstood('the policy announced changed arguments and gave none')
  const changed = snapshotFor(proposal, args)
  if (!changed.isExact) throw new Misunderstood(`the policy gave arguments that are not plain JSON: ${changed.found}`)
  return { ...read, changed: { arguments: changed.copy } }
}

/**
 * Terms of a request, read once.
 * @throws Error if they are none
 */
export function readTerms(given: unknown): ApprovalTerms {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new Misunderstood('the terms of an approval are no object')
  const { expires_in_ms: wait, ...terms } = given as ApprovalTerms
  if (wait === undefined) return terms
  if (!isWait(wait)) throw new Misunderstood('expires_in_ms is no number of milliseconds from 0 to a hundred years')
  return { ...terms, expires_in_ms: wait }
}

/** A hundred years: dates have four digits in their year. */
const longest = 100 * 365 * 24 * 60 * 60 * 1000

/** Whether something is a time that a request can wait, in milliseconds. */
export const isWait = (wait: unknown): wait is number => typeof wait === 'number' && wait >= 0 && wait <= longest
