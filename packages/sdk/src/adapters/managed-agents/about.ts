import type { AdapterAbout } from '../../conversion/adapter.ts'

/** What this adapter says about itself. */
export const about: AdapterAbout = {
  format: 'managed-agents',
  title: 'a log of Claude Managed Agents events',
  adapter: '@agent-run/sdk/adapters/managed-agents',
  notRecorded: [
    'Who confirmed a call: the confirmation comes through the API in the name of the user, and may have been sent by a program.',
    'Prices: what a request cost is not written per request.',
    'The text of thoughts: only that the model thought.',
    'What the threads of sub-agents did: their events stand in streams of their own.',
    'Side effects: none is observed; they are concluded from tools and arguments.',
    'Exit codes of commands.',
    'The system prompt, unless the log begins with the session.',
    'Signatures: nothing in the log proves that it is complete or unchanged.',
  ],
}
