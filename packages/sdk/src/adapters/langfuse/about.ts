import type { AdapterAbout } from '../../conversion/adapter.ts'

/** What the adapter for Langfuse exports says about itself. */
export const about: AdapterAbout = {
  format: 'langfuse',
  title: 'a Langfuse trace export',
  adapter: '@agent-run/sdk/adapters/langfuse',
  notRecorded: [
    'Approvals and policy decisions: who or what allowed a call is not written.',
    'Side effects: none is observed; they are concluded from tools and arguments.',
    'Exit codes, and files that were created or changed.',
    'Which call of a tool answers which request, where the instrumentation gives no id: name and arguments decide.',
    'Whether cached tokens are counted within the input or beside it: the total decides where it can.',
    'What a numeric score means: no scale and no threshold is written, so scores are evidence without a verdict.',
    'Which agent worked, where no observation is of type AGENT: the name of the trace stands in.',
    'Signatures: nothing in an export proves that it is complete or unchanged.',
  ],
}
