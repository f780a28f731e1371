import type { AdapterAbout } from '../../conversion/adapter.ts'

/** What the adapter for SWE-agent trajectories says about itself. */
export const about: AdapterAbout = {
  format: 'swe-agent',
  title: 'a SWE-agent trajectory',
  adapter: '@agent-run/sdk/adapters/swe-agent',
  notRecorded: [
    'When anything happened: a trajectory has no times, at most how long a command ran.',
    'Approvals and policy decisions: the agent works unattended.',
    'Whether a command failed, and exit codes: a call that has an answer counts as succeeded.',
    'Tokens of each request: only sums over the run are written, in files that have `info`.',
    'An id of the run: it is derived from the digest of the file.',
    'Side effects: none is observed; they are concluded from tools and arguments.',
    'Signatures: nothing in a trajectory proves that it is complete or unchanged.',
  ],
}
