import type { AdapterAbout } from '../../conversion/adapter.ts'

/** Trace rows of the Armature harness, as they are exported or as a recording holds them. */
export const about: AdapterAbout = {
  format: 'armature',
  title: 'an Armature recording',
  adapter: '@agent-run/sdk/adapters/armature',
  notRecorded: [
    'Approvals: whether a gate was passed, and by whom, stands in no trace row.',
    'Effects: what a stage changed is not written; a stage says which tools it called, not with what.',
    'Cost in money.',
    'The order of stages that ran in parallel, other than by their timestamps.',
    'The end of a stage, where a row has no timestamp.',
    'Signatures: a row has a hash of its inputs; nothing proves that the rows are complete.',
  ],
}
