import type { AdapterAbout } from '../../conversion/adapter.ts'

/** Claude Code transcripts. */
export const about: AdapterAbout = {
  format: 'claude-code',
  title: 'a Claude Code transcript',
  adapter: '@agent-run/sdk/adapters/claude-code',
  notRecorded: [
    'Approvals: a transcript has only refusals and accepted plans; who or what allowed a call stands in a hook log or a telemetry log.',
    'Usage: most counts are snapshots taken while the answer was written, hence lower bounds; those of sub-agents understate the output most.',
    'Prices: what a call cost is not written by current versions, except in a telemetry log.',
    'The beginning of a model call: it is taken from the line that the call answers.',
    'The beginning of a tool call includes the time it waited for a permission, unless a hook log or a telemetry log says how long it ran.',
    'The prompt as sent: system prompt, tool definitions and settings of the model are written by the newest versions only, in part.',
    'Side effects: none is observed; they are concluded from tools and arguments, and what a command did inside is unknown.',
    'Exit codes other than those that the client turned into an error.',
    'The end of a turn, in versions that write no marker and no stop reason: the last turn of a file is then unknown.',
    'Messages that were queued while the agent worked, in versions that write no attachment for them.',
    'The commit that was checked out, and whether there were uncommitted changes.',
    'Signatures: nothing in a transcript proves that it is complete or unchanged.',
  ],
}
