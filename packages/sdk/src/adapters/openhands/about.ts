import type { AdapterAbout } from '../../conversion/adapter.ts'

/** What the adapter for OpenHands events says about itself. */
export const about: AdapterAbout = {
  format: 'openhands',
  title: 'a conversation of the OpenHands agent SDK',
  adapter: '@agent-run/sdk/adapters/openhands',
  notRecorded: [
    'The time zone: times count as UTC, so only distances between them are sure.',
    'Who allowed a call that ran; in confirmation mode the conversation waits and goes on, which is what is concluded from.',
    'Usage of each request: it is the difference between two sums, and stands before the calls of its answer.',
    'When a request to a model began.',
    'Side effects: none is observed; they are concluded from tools and arguments.',
    'Content of files before and after, beyond what the call gives.',
    'Signatures: nothing in the events proves that they are complete or unchanged.',
  ],
}
