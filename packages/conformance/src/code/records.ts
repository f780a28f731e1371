import type { Json, JsonObject } from '../bytes/json.ts'
import type { KeyRole } from '../http/case.ts'
import type { Stage } from '../http/stage.ts'

/** Path of the run called `run`. */
export const runPath = '/api/v1/runs/{{id.run}}'

/** A finished record, as a case writes it: `word` names the run. */
export const finished = (word: string, more: JsonObject = {}): Json => ({
  $fingerprint: { ...base(word), status: 'completed', ended_at: '2026-11-20T15:00:04Z', ...more },
})

/** A record of a run that goes on. */
export const running = (word: string, more: JsonObject = {}): Json => ({
  $fingerprint: { ...base(word), status: 'running', ...more },
})

const base = (word: string): JsonObject => ({
  spec_version: '1.0',
  id: `{{id.${word}}}`,
  agent_id: '{{id.agent}}',
  started_at: '2026-11-20T15:00:00Z',
  steps: [],
  cost: { input_tokens: 10, output_tokens: 2 },
  provenance: { run_hash: '' },
})

/** Stores a record. @throws {Unprepared} if the server does not take it */
export const posted = async (stage: Stage, record: Json, key: KeyRole = 'main'): Promise<void> => {
  await stage.need({ method: 'POST', path: '/api/v1/runs', key, body: { json: record } }, 201)
}
