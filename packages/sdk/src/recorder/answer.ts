import type { ApprovalEvent } from '@agent-run/types'
import type { Answer } from './decisions.ts'
import { type Proposal, snapshotFor } from './proposal.ts'

/** An answer to a request, read once: whatever becomes of the object later, this is what was said. */
export interface ReadAnswer {
  readonly said: {
    readonly [name in 'decision' | 'actor' | 'reason' | 'grant' | 'stops_run']: Answer[name] | undefined
  }
  /** The event that the approver signed, for an answer that is one. */
  readonly event?: ApprovalEvent
  /** The arguments as the person changed them, frozen, with their `arguments_hash`. */
  readonly changed?: { readonly arguments: unknown; readonly hash: string }
}

/**
 * Reads an answer.
 * @throws Error if it is none, or changes the arguments to something that is not plain JSON
 */
export function readAnswer(given: unknown, proposal: Proposal): ReadAnswer {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw new Error('the answer is no object')
  const { decision, actor, reason, grant, stops_run, event, arguments: args } = given as Answer & { event?: unknown }
  const said = structuredClone({ decision, actor, reason, grant, stops_run })
  const taken = args === undefined ? undefined : snapshotFor(proposal, args)
  if (taken?.isExact === false) throw new Error(`the changed arguments are not plain JSON: ${taken.found}`)
  return {
    said,
    ...(event === undefined ? {} : { event: structuredClone(event) as ApprovalEvent }),
    ...(taken === undefined ? {} : { changed: { arguments: taken.copy, hash: taken.hash } }),
  }
}
