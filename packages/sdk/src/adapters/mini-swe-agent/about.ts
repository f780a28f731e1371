import type { AdapterAbout } from '../../conversion/adapter.ts'

/** What the adapter for mini-SWE-agent trajectories says about itself. */
export const about: AdapterAbout = {
  format: 'mini-swe-agent',
  title: 'a mini-SWE-agent trajectory',
  adapter: '@agent-run/sdk/adapters/mini-swe-agent',
  notRecorded: [
    'When anything happened, in files of version 1: a message has no time.',
    'Tokens and prices of requests, in files of version 1.',
    'Approvals: whether a person confirmed a command before it ran is not written.',
    'An id of the run: it is derived from the digest of the file.',
    'Side effects: none is observed; they are concluded from the command lines.',
    'Signatures: nothing in a trajectory proves that it is complete or unchanged.',
  ],
}
