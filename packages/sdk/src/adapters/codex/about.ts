import type { AdapterAbout } from '../../conversion/adapter.ts'

/** What this adapter says about itself. */
export const about: AdapterAbout = {
  format: 'codex',
  title: 'a Codex rollout',
  adapter: '@agent-run/sdk/adapters/codex',
  notRecorded: [
    'Approvals: neither requests nor decisions are written. The policy in force, a request for more permissions inside the arguments of a call, and refusals in the text of a result are; who allowed a call is not.',
    'Usage in versions before 0.44: token counts were not written, or only for a whole turn.',
    'Prices: what a call cost is not written.',
    'The id of the answer of the model, and why it stopped.',
    'The beginning of a model call: it is taken from the line that the call answers.',
    'The beginning of a tool call includes the time it waited for an approval; results of parallel calls may be written together.',
    'The text of thoughts: summaries at most, the thoughts themselves are encrypted.',
    'Side effects: none is observed except files that patches changed; the others are concluded from tools and arguments.',
    'The end of a turn in versions before 0.90, where no marker was written: it is concluded from an answer without calls.',
    'Errors that ended a turn, in most versions.',
    'Turns that were copied from another session carry the times of the copy; they are left out here.',
    'Whether there were uncommitted changes.',
    'Signatures: nothing in a rollout proves that it is complete or unchanged.',
  ],
}
