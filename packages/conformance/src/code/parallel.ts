import { equal } from '../bytes/canonical.ts'
import type { Json } from '../bytes/json.ts'
import type { RequestSpec } from '../http/case.ts'
import { expand } from '../http/expand.ts'
import { readBody } from '../http/judge.ts'
import type { Stage } from '../http/stage.ts'
import type { WrittenCodeCase } from './code-case.ts'
import { finished, posted, running, runPath } from './records.ts'

/** Writers at once. */
const WRITERS = 12

/** Statuses of requests that are under way together, or what went wrong. */
const race = async (stage: Stage, requests: readonly RequestSpec[]): Promise<readonly (number | string)[]> => {
  const outcomes = await Promise.all(requests.map((request) => stage.send(request)))
  return outcomes.map((outcome) => ('answer' in outcome ? outcome.answer.status : outcome.failure))
}

const expectOnce = (statuses: readonly (number | string)[], won: number, lost: number): string[] => {
  const winners = statuses.filter((status) => status === won).length
  const others = statuses.filter((status) => status !== won && status !== lost)
  return [
    ...(winners === 1 ? [] : [`${winners} of ${statuses.length} were answered ${won}, expected 1`]),
    ...(others.length === 0 ? [] : [`${others.length} were answered neither ${won} nor ${lost}: ${others[0]}`]),
  ]
}

const variants = (record: (index: number) => Json): readonly RequestSpec[] =>
  Array.from({ length: WRITERS }, (_, index) => ({
    method: 'POST',
    path: '/api/v1/runs',
    body: { json: record(index) },
  }))

export const parallelCases: readonly WrittenCodeCase[] = [
  {
    name: 'parallel_records_of_one_id',
    requirement: 'AR-HTTP-026',
    capability: 'core',
    description: 'Of different records that come under one id at once, one is stored and the others are answered 409.',
    fault: 'Looks first and writes then, so that two of them win.',
    run: async (stage) => {
      const record = (index: number): Json => finished('run', { metadata: { index } })
      const faults = expectOnce(await race(stage, variants(record)), 201, 409)
      const { octets } = await stage.need({ method: 'GET', path: runPath }, 200)
      const stored = readBody(octets) ?? null
      const known = Array.from({ length: WRITERS }, (_, index) => expand(stage.room, record(index)))
      return known.some((each) => equal(each, stored)) ? faults : [...faults, 'what is stored is none of the records']
    },
  },
  {
    name: 'parallel_same_record',
    requirement: 'AR-HTTP-024',
    capability: 'core',
    description: 'Of equal records that come at once, one is answered 201 and the others 200.',
    fault: 'Answers 500 for the second, or stores it twice.',
    run: async (stage) =>
      expectOnce(
        await race(
          stage,
          variants(() => finished('run')),
        ),
        201,
        200,
      ),
  },
  {
    name: 'parallel_patches',
    requirement: 'AR-HTTP-051',
    capability: 'core',
    description: 'Of patches with one ETag that come at once, one is applied and the others are answered 412.',
    fault: 'Compares first and writes then, so that one patch undoes the other.',
    run: async (stage) => {
      await posted(stage, running('run'))
      const { headers } = await stage.need({ method: 'GET', path: runPath }, 200)
      const patch = (index: number): RequestSpec => ({
        method: 'PATCH',
        path: runPath,
        headers: { 'Content-Type': 'application/merge-patch+json', 'If-Match': headers.etag ?? '' },
        body: { json: { metadata: { index } } },
      })
      return expectOnce(
        await race(
          stage,
          Array.from({ length: WRITERS }, (_, index) => patch(index)),
        ),
        200,
        412,
      )
    },
  },
  {
    name: 'parallel_continuations',
    requirement: 'AR-HTTP-081',
    capability: 'journal',
    description:
      'Of different lines that follow one head and come at once, one is stored and the others are answered 409.',
    fault: 'Compares first and writes then, so that the journal has two lines of one number.',
    run: async (stage) => {
      const path = `${runPath}/events`
      const provenance = { nonce: '5f1d7a84db00d2fce00b31a7fc73224f' }
      const at = '2026-11-20T15:00:00Z'
      const data = { id: '{{id.run}}', spec_version: '1.0', agent_id: '{{id.agent}}', started_at: at, provenance }
      const begin = { journal: { lines: [{ type: 'run.started', at, data }] } }
      await stage.need({ method: 'POST', path, body: begin }, 200)
      const line = (index: number): RequestSpec => ({
        method: 'POST',
        path,
        body: { journal: { keep: false, lines: [{ type: 'run.updated', at, data: { metadata: { index } } }] } },
      })
      return expectOnce(
        await race(
          stage,
          Array.from({ length: WRITERS }, (_, index) => line(index)),
        ),
        200,
        409,
      )
    },
  },
]
