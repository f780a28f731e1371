import { describe, expect, it } from 'vitest'
import { atifAdapter } from '../../src/adapters/atif/index.ts'
import { readHead } from '../../src/conversion/head.ts'
import { toAtif } from '../../src/exporters/atif/index.ts'
import { expectSound, isDeterministic, keepsSecretsOut, standsHostileShapes } from '../conversion/hostile.ts'
import { examples, plain, rich } from './examples.ts'

const recognises = (text: string): boolean => atifAdapter.recognises(readHead('x', new TextEncoder().encode(text)))

const convert = (...documents: readonly unknown[]) =>
  atifAdapter.convert(
    documents.map((document, index) => ({ name: `${index}.json`, content: JSON.stringify(document) })),
  )

/** Trajectories as the exporter writes them, so that what they carry is mutated too. */
const exported = async () => {
  const { runs } = await convert(rich, plain)
  return runs.map((run, index) => ({
    name: `exported-${index}.json`,
    text: JSON.stringify(toAtif.export(run).document),
  }))
}

const carried = await exported()

describe('hostile trajectories', () => {
  isDeterministic(atifAdapter, examples)
  standsHostileShapes(atifAdapter, () => [...examples(), ...carried], 60)
  keepsSecretsOut(
    atifAdapter,
    () => [...examples(), ...carried],
    /^(?:schema_version|source|type|timestamp|step_id|tool_call_id|source_call_id|trajectory_id|session_id|media_type|id|status|event|role|model_call_id|started_at|ended_at|basis|kind|run_hash|format|unset|order|times|digest|schema_hash|turn_id|parent_step_id|run_id|handoff_leaf|parent_run_hash|lineage|delegation_id|child_run_id|price_basis|spec_version|trigger|target_kind|reversible)$/,
  )

  it('a document without steps is an error that says what was expected', async () => {
    const conversion = await convert({ schema_version: 'ATIF-v1.7', agent: { name: 'a', version: '1' } })
    expectSound(conversion, 'no steps')
    expect(conversion.report.findings).toMatchObject([{ code: 'convert.no_turns', severity: 'error' }])
  })

  it('a source that is no text', async () => {
    const steps = [{ step_id: 1, source: { toString: 1 }, message: 'a' }]
    const document = { agent: { name: 'a', version: '1' }, steps }
    expect(recognises(JSON.stringify(document))).toBe(false)
    expectSound(await convert({ schema_version: 'ATIF-v1.7', ...document }), 'source')
  })

  it('identifiers that are paths name no path', async () => {
    const { runs } = await convert({ ...rich, trajectory_id: '../../etc/passwd', subagent_trajectories: [] })
    expect(runs.map(({ id }) => /[/\\]/.test(id))).toEqual([false])
  })

  it('trajectories that refer to each other and to themselves are all converted', async () => {
    const refersTo = (own: string, ...others: readonly string[]) => ({
      schema_version: 'ATIF-v1.7',
      trajectory_id: own,
      agent: { name: own, version: '1' },
      steps: others.map((id, index) => ({
        step_id: index + 1,
        source: 'agent',
        message: 'Go',
        tool_calls: [{ tool_call_id: `c-${index}`, function_name: 'delegate', arguments: {} }],
        observation: { results: [{ source_call_id: `c-${index}`, subagent_trajectory_ref: [{ trajectory_id: id }] }] },
      })),
    })
    const conversion = await convert(refersTo('a', 'b', 'a'), refersTo('b', 'a', 'b'))
    expectSound(conversion, 'cycle')
    expect(conversion.runs.map(({ id, parent_run_id }) => [id, parent_run_id])).toEqual([
      ['a', undefined],
      ['b', 'a'],
    ])
  })

  it('what is carried for a record must make a valid one, else only the trajectory counts', async () => {
    const document = { ...plain, extra: { agent_run: { set: { status: 'splendid', id: 'x' } } } }
    const conversion = await convert(document)
    expect(conversion.report.findings).toMatchObject([
      { code: 'convert.carried_refused', severity: 'warning', path: '/files/0' },
    ])
    expect(conversion.runs[0]).toMatchObject({ id: 'session-8', status: 'unknown' })
    expectSound(conversion, 'carried')
  })

  it('a sealed record whose texts had to be redacted comes back without its seal', async () => {
    const [run] = (await convert(plain)).runs
    const sealed = {
      ...run!,
      intent: `use ghp_${'a1B2'.repeat(9)}`,
      provenance: { ...run!.provenance, record_hash: `sha256:${'0'.repeat(64)}`, sealed_at: '2026-11-20T16:00:00Z' },
    }
    const [back] = (await convert(toAtif.export(sealed).document)).runs
    expect(back?.intent).toBe('use [redacted:github_token]')
    expect(back?.provenance).not.toHaveProperty('record_hash')
  })

  it('is recognised by its content, and nothing else is', () => {
    expect(recognises(JSON.stringify(rich))).toBe(true)
    expect(recognises(JSON.stringify([plain]))).toBe(true)
    expect(recognises(JSON.stringify({ ...rich, notes: 'x'.repeat(100_000) }))).toBe(true)
    expect(recognises(JSON.stringify({ agent: { name: 'a' }, steps: [{ step_id: 1, source: 'user' }] }))).toBe(true)
    expect(recognises('{"schema_version":"1.0","steps":[]}')).toBe(false)
    expect(recognises('{"id":"r","agent_id":"a","steps":[]}')).toBe(false)
    expect(recognises('not json')).toBe(false)
  })
})
