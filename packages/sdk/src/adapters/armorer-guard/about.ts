import type { AdapterAbout } from '../../conversion/adapter.ts'

/** Verdicts of Armorer Guard, as its audit log and its answers hold them. */
export const about: AdapterAbout = {
  format: 'armorer-guard',
  title: 'an Armorer Guard audit log',
  adapter: '@agent-run/sdk/adapters/armorer-guard',
  notRecorded: [
    'The run: a verdict names none. It is attached to the call it is about, by the id of the call, else by tool and time.',
    'What became of the call, other than that a blocked one was not passed on.',
    'Who answered where the guard asked for a review.',
  ],
}
