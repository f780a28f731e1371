import type { AdapterAbout } from '../../conversion/adapter.ts'

/** What the adapter for traces says about itself. */
export const about: AdapterAbout = {
  format: 'otel-genai',
  title: 'an OpenTelemetry trace of an agent',
  adapter: '@agent-run/sdk/adapters/otel-genai',
  notRecorded: [
    'Approvals: the conventions have no name for who allowed a call; only a refusal that the AI SDK puts into the next prompt shows.',
    'Side effects: none is observed; they are concluded from the name of a tool and its arguments.',
    'Contents: prompts, answers, arguments and results are there only if the application chose to capture them.',
    'Whether a tool succeeded, where it has no span of its own: a result in the next prompt does not say.',
    'Turns: a trace says when an agent was called, not which turn of a person that was.',
    'Tokens of providers that do not report them, and prices where no instrumentation adds them.',
    'What was sampled away: a trace does not say which of its spans are missing.',
    'Files: what was created or changed has no name in the conventions.',
    'Signatures: nothing in a trace proves that it is complete or unchanged.',
  ],
}
