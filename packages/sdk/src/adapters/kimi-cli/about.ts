import type { AdapterAbout } from '../../conversion/adapter.ts'

/** What this adapter says about itself. */
export const about: AdapterAbout = {
  format: 'kimi-cli',
  title: 'a Kimi wire log',
  adapter: '@agent-run/sdk/adapters/kimi-cli',
  notRecorded: [
    'When somebody was asked: only the decision is written, except by versions that write the request as well. A call that ran without a decision was allowed by a mode or a rule that is not named.',
    'Prices: what a call cost is not written.',
    'Why an attempt to reach the model failed: only that there was another one.',
    'The sub-agent that a call started, by an id that both logs share; it is found in the result of the call.',
    'The system prompt, in full.',
    'Side effects: none is observed; they are concluded from tools and arguments.',
    'Exit codes other than those in the text of a result.',
    'The commit that was checked out, and whether there were uncommitted changes.',
    'Signatures: nothing in a log proves that it is complete or unchanged.',
  ],
}
