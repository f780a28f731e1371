import { hash, publicForm } from '../hash/index.ts'
import type { JsonObject } from '../semantics/object.ts'
import { sealHash } from './signed-bytes.ts'

/** What a decision is about: exactly one call in exactly one run. Members that are not given count as `null`. */
export interface Action {
  readonly run_id: string
  /** `provenance.nonce`: keeps a decision from being replayed in another run with the same ids. */
  readonly nonce?: string | null | undefined
  readonly step_id: string
  readonly tool_name?: string | null | undefined
  readonly mcp_server?: string | null | undefined
  readonly tool_hash?: string | null | undefined
  readonly arguments_hash?: string | null | undefined
}

/**
 * `action_hash` of a call: hash of kind `action` over run_id, nonce, step_id, tool_name, mcp_server, tool_hash and
 * arguments_hash, absent → `null` (section 7 of the standard). All of it is fixed before the call is executed and stands unchanged
 * in the sealed record, so requester, approver, runtime and verifier compute the same.
 */
export const actionHash = (action: Action): string =>
  hash('action', {
    run_id: action.run_id,
    nonce: action.nonce ?? null,
    step_id: action.step_id,
    tool_name: action.tool_name ?? null,
    mcp_server: action.mcp_server ?? null,
    tool_hash: action.tool_hash ?? null,
    arguments_hash: action.arguments_hash ?? null,
  })

/** `request_hash`: hash of kind `approval` over the event `requested` that a decision answers, in public form. */
export const requestHash = (event: object): string => sealHash('approval', event)

/** `document_hash`, which names a record that is not sealed: hash of kind `document` over its public form without `eval`. */
export const documentHash = (run: object): string => {
  const { eval: _, ...document } = publicForm('run', run as JsonObject)
  return hash('document', document)
}
