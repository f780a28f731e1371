// Small runs as the server's receiving side prepares them for a store, without receiving them: what is measured is the
// store. Seeded, like everything in the corpus.
import { createHash } from 'node:crypto'
import { canonicalize, describeRun } from '@agent-run/core'
import { makeRun, random } from './corpus.mjs'

const AGENTS = 20
const encoder = new TextEncoder()
const sha256 = (octets) => `sha256:${createHash('sha256').update(octets).digest('hex')}`

/**
 * Some templates are made whole; a run is one of them under names of its own, so that a hundred thousand take a minute.
 * @param {number} seed
 * @param {{stepsInBody?: boolean}} [shape] without its steps a body is short; summary and facts are those of the whole
 */
export const createStoredRuns = (seed, { stepsInBody = true } = {}) => {
  const next = random(seed)
  const below = (n) => Math.floor(next() * n)
  const hex = (digits) => Array.from({ length: digits }, () => below(16).toString(16)).join('')
  const templates = Array.from({ length: 40 }, (_, index) => {
    const run = makeRun(seed * 1000 + index, 8)
    return { ...run, provenance: { ...run.provenance, run_hash: undefined } }
  })
  let count = 0
  return () => {
    const n = count++
    const id = `run_${hex(16)}`
    const started_at = new Date(Date.UTC(2026, 0, 1) + n * 20_000 + below(3_600_000)).toISOString()
    const record = clean({
      ...templates[below(templates.length)],
      id,
      agent_id: `agent-${below(AGENTS)}`,
      session_id: `ses_${hex(16)}`,
      turn_id: `turn_${hex(16)}`,
      started_at,
      tags: [`team-${below(8)}`],
      provenance: { run_hash: hex(64) },
      steps: templates[below(templates.length)].steps.map((step) => vary(step, below)),
    })
    const { summary, facts } = describeRun(record)
    const body = encoder.encode(canonicalize(stepsInBody ? record : { ...record, steps: [] }))
    const etag = sha256(body)
    return {
      id,
      body,
      etag,
      documentHash: etag,
      contentDigest: etag,
      recordHash: undefined,
      summary,
      facts,
      score: undefined,
      documents: [],
      events: [{ type: 'run.created', runId: id, data: encoder.encode(JSON.stringify(summary)) }],
    }
  }
}

const clean = (object) => JSON.parse(JSON.stringify(object))

/** Every operator question has an answer somewhere: a denial, a tool server, a file that was written. */
const vary = (step, below) => {
  if (step.type !== 'tool_call') return step
  if (below(40) === 0) return { ...step, status: 'denied', side_effects: undefined, approval: { state: 'denied' } }
  if (below(8) === 0) return { ...step, mcp_server: `server-${below(12)}` }
  return step
}
