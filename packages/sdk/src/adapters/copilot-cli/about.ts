import type { AdapterAbout } from '../../conversion/adapter.ts'

/** What this adapter says about itself. */
export const about: AdapterAbout = {
  format: 'copilot-cli',
  title: 'a Copilot CLI event log',
  adapter: '@agent-run/sdk/adapters/copilot-cli',
  notRecorded: [
    'Who approved a call: requests and their results are written by the versions that write permission events, but an approval does not say whether a person or a rule gave it.',
    'Input tokens of a single model call, except in versions that write usage events; the sums of a session stand in its last event and are not attributed to runs.',
    'Prices: premium requests and AI units are counted for a session, not money.',
    'The beginning of a model call: it is taken from the event that the call answers.',
    'The beginning of a tool call may include the time it waited for a permission.',
    'The prompt as sent, tool definitions and settings of the model.',
    'Side effects: none is observed; they are concluded from tools and arguments.',
    'Runs of sub-agents have no log of their own: what the log of the session holds of them are steps inside the hand-over.',
    'Exit codes other than those in the text of a result.',
    'Signatures: nothing in a log proves that it is complete or unchanged.',
  ],
}
