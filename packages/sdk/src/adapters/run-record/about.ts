import type { AdapterAbout } from '../../conversion/adapter.ts'

/** The camelCase run record: `runId`, `toolCalls`, `finalStatus`. */
export const about: AdapterAbout = {
  format: 'run-record',
  title: 'a camelCase run record',
  adapter: '@agent-run/sdk/adapters/run-record',
  notRecorded: [
    'Times: the record says neither when the run nor when a call began or ended, unless a producer adds it.',
    'Usage and prices: it has no place for them.',
    'Who approved: an approval state says that somebody did, not who or when.',
    'Arguments and results of calls.',
    'Model calls, messages and reasoning: it lists calls of tools only.',
    'Signatures: nothing in it proves that it is complete or unchanged.',
  ],
}
