import type { AdapterAbout } from '../../conversion/adapter.ts'

/** What the adapter for ATOF event streams says about itself. */
export const about: AdapterAbout = {
  format: 'atof',
  title: 'an ATOF event stream',
  adapter: '@agent-run/sdk/adapters/atof',
  notRecorded: [
    'Approvals: who or what allowed a call is not written; a guardrail says what it found, not what was done about it.',
    'Whether a scope went well, in streams of version 0.1: a scope that ended counts as succeeded.',
    'What a payload means: it is read as the chat formats of OpenAI and Anthropic, and otherwise kept as it is.',
    'Side effects: none is observed; they are concluded from tools and arguments.',
    'Signatures: nothing in a stream proves that it is complete or unchanged.',
  ],
}
