import type { AdapterAbout } from '../../conversion/adapter.ts'

/** What the adapter for ATIF trajectories says about itself. */
export const about: AdapterAbout = {
  format: 'atif',
  title: 'an ATIF trajectory',
  adapter: '@agent-run/sdk/adapters/atif',
  notRecorded: [
    'Approvals and policy decisions: who or what allowed a call is not written.',
    'Whether a tool call failed: a call that has a result counts as succeeded, unless its extra data say otherwise.',
    'How the work ended: a trajectory whose last step is an answer without calls counts as completed, any other is unknown.',
    'When a step began: a step has one time, which is taken as its end; calls of tools have times only where the NeMo Agent Toolkit adds them.',
    'Side effects: none is observed; they are concluded from tools and arguments.',
    'Exit codes, and files that were created or changed.',
    'Which turn of a user a step belongs to: a user step that follows work begins a turn.',
    'The cost of sub-agents apart from that of the whole, where only sums are given.',
    'Signatures: nothing in a trajectory proves that it is complete or unchanged.',
  ],
}
