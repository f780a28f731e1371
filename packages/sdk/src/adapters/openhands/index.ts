import type { Adapter } from '../../conversion/adapter.ts'
import type { Head } from '../../conversion/head.ts'
import { asArray, asObject, asString } from '../../conversion/json.ts'
import { about } from './about.ts'
import { convertOpenHands } from './convert.ts'

export { convertOpenHands } from './convert.ts'

/** Kinds of events that no other format has. */
const kinds = new Set([
  ...[
    'ActionEvent',
    'ObservationEvent',
    'MessageEvent',
    'SystemPromptEvent',
    'AgentErrorEvent',
    'UserRejectObservation',
  ],
  ...['ConversationStateUpdateEvent', 'ConversationErrorEvent', 'Condensation', 'CondensationRequest', 'PauseEvent'],
])

const valuesOf = ({ document, objects }: Head): readonly unknown[] => [...(asArray(document) ?? [document]), ...objects]

const isEvent = (value: unknown): boolean => {
  const json = asObject(value)
  return json !== undefined && kinds.has(asString(json.kind) ?? '') && typeof json.source === 'string'
}

/** Converts conversations of the OpenHands agent SDK. */
export const openHandsAdapter: Adapter = {
  ...about,
  recognises: (head) => valuesOf(head).slice(0, 64).some(isEvent),
  // A conversation on disk is a folder of files with one event each; nothing in them names it.
  groupKeys: ({ document, name }) =>
    isEvent(document) && /[\\/]/.test(name) ? [`folder ${name.replace(/[\\/][^\\/]*$/, '')}`] : [],
  convert: convertOpenHands,
}
