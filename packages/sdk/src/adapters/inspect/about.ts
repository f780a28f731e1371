import type { AdapterAbout } from '../../conversion/adapter.ts'

/** What the adapter for Inspect logs says about itself. */
export const about: AdapterAbout = {
  format: 'inspect',
  title: 'an Inspect eval log',
  adapter: '@agent-run/sdk/adapters/inspect',
  notRecorded: [
    'Who allowed a call, unless the eval ran with an approval policy.',
    'Calls that were repeated because a provider failed: only their number is written.',
    'Files that were created or changed, beyond the commands and file accesses of the sandbox.',
    'What came of a numeric score that is neither 0 nor 1: a log does not say from where on it passes.',
    'The scale of scores outside 0 to 1.',
    'Whether a user message came from a person: those of the task and of the scaffolding look alike.',
    'Signatures: nothing in a log proves that it is complete or unchanged.',
  ],
}
