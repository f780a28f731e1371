import { runHash } from '@agent-run/core'
import { IN_MEMORY, sqlitePath } from '../store/open-store.ts'
import { hint, shownStore } from './hint.ts'

/** What the first screen tells. */
export interface ScreenFacts {
  readonly url: string
  readonly store: string
  /** The first key, if it was made just now. */
  readonly key: string | undefined
  /** did:key of the server. */
  readonly serverKey: string | undefined
}

const setUp = { agent_id: 'me' }

/** A run that wrote a file, so that there is something to ask about. */
const example = {
  id: 'hello-1',
  ...setUp,
  status: 'completed',
  started_at: '2026-01-15T10:00:00Z',
  ended_at: '2026-01-15T10:00:02Z',
  steps: [
    {
      id: 's1',
      type: 'tool_call',
      started_at: '2026-01-15T10:00:01Z',
      tool_name: 'write_file',
      status: 'succeeded',
      side_effects: [{ kind: 'write', target_kind: 'file', target: 'hello.txt' }],
    },
  ],
  cost: { input_tokens: 120, output_tokens: 40, cost_usd: 0.001 },
  provenance: { run_hash: runHash(setUp) },
}

/** The first thing a person sees: where it is, the key, and three commands that work as they stand. */
export const firstScreen = ({ url, store, key, serverKey }: ScreenFacts): string => {
  const header = key === undefined ? '-H "X-API-Key: $AGENT_RUN_KEY"' : `-H 'X-API-Key: ${key}'`
  const makeKey = hint(store, 'keys', 'create')
  const isShared = sqlitePath(store) !== IN_MEMORY
  const lines = [
    `agent-run server on ${url}`,
    `  store  ${shownStore(store)}`,
    ...(serverKey === undefined ? [] : [`  signs  ${serverKey}`]),
    ...(key === undefined
      ? ['  keys   this store has some; the next line makes one for the lines below', `  AGENT_RUN_KEY=$(${makeKey})`]
      : [`  key    ${key}`, `         shown this once, may do everything${isShared ? `; others: ${makeKey}` : ''}`]),
    '',
    'Try it',
    `  curl -sS ${url}/api/v1/runs ${header} -H 'Content-Type: application/json' -d '${JSON.stringify(example)}'`,
    `  curl -sS '${url}/api/v1/runs?side_effect=write' ${header}`,
    `  curl -sS ${url}/api/v1/runs/${example.id} ${header}`,
    '',
    'Ctrl-C stops it; nothing that was acknowledged is lost.',
  ]
  return `${lines.join('\n')}\n`
}
