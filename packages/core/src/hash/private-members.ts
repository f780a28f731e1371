/** Objects of a record that can have a `private_hash` of their own. */
export type PrivateKind = 'run' | 'step' | 'side_effect' | 'approval' | 'policy_decision' | 'artifact'

/**
 * Private members of each such object: what `private_hash` covers beside `salt`, and what erasing removes.
 * Everything not listed here is public. (AR-PRIV-002)
 */
export const privateMembers: Readonly<Record<PrivateKind, readonly string[]>> = {
  run: ['intent', 'input_preview', 'output_preview', 'input_refs', 'output_refs', 'error', 'metadata'],
  step: ['input_preview', 'output_preview', 'input_refs', 'output_refs', 'error', 'metadata'],
  side_effect: ['operation', 'target', 'before_digest', 'after_digest', 'metadata'],
  approval: ['reason', 'presentation_digest', 'metadata'],
  policy_decision: ['reasons', 'subject_hash', 'metadata'],
  artifact: ['name', 'content', 'metadata'],
}
