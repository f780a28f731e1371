import type { AdapterAbout } from '../../conversion/adapter.ts'

/** Traces and run states of the OpenAI Agents SDK. */
export const about: AdapterAbout = {
  format: 'openai-agents',
  title: 'a trace or a run state of the OpenAI Agents SDK',
  adapter: '@agent-run/sdk/adapters/openai-agents',
  notRecorded: [
    'Who decided: a run state says that a call was approved or rejected, a trace that it was rejected, neither by whom.',
    'When somebody decided: a run state has no times but that of its current agent; what has no time is no approval event, and the step alone says what was decided.',
    'The model: a run state and a span of type response name none.',
    'Calls in a trace: the id of a call stands only in what a span of type generation recorded; approvals that were given are not traced.',
    'Prices.',
    'Definitions of tools: a trace has their names, a run state those of its last response only.',
    'Signatures: nothing in it proves that it is complete or unchanged.',
  ],
}
