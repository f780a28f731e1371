import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codeCases, loadHttpCases, type RunReport, runHttpCases } from '../src/index.ts'
import { startCareless } from './subjects/careless-server.ts'
import { nameOf } from './subjects/case-name.ts'
import type { Listening } from './subjects/reference.ts'

/** What the server got wrong that this protocol started with, and the cases that show it. */
const FAULTS: Readonly<Record<string, readonly string[]>> = {
  'stores values that are not in a list': [
    'record_status_unlisted',
    'record_outcome_unlisted',
    'record_trigger_unlisted',
  ],
  'stores dates that are none': ['record_time_no_time', 'record_time_a_date', 'record_time_impossible'],
  'stores negative costs and costs that are texts': ['record_cost_negative', 'record_cost_text'],
  'stores steps that are no list': ['record_steps_text', 'record_steps_object'],
  'stores a score of 9000': ['record_eval_score_9000', 'eval_score_beyond_100'],
  'stores pass:"false" as true': ['record_eval_pass_text', 'eval_pass_is_text'],
  'checks three of seven required members': [
    'record_started_at_missing',
    'record_steps_missing',
    'record_cost_missing',
    'record_provenance_missing',
  ],
  'answers 500 for a known id': ['crash_same_id', 'again_not_200', 'exists_overwritten'],
  'answers 500 for what is no JSON': ['crash_not_json', 'body_not_json'],
  'answers 500 for null': ['crash_null', 'record_is_null'],
  'answers 500 for wrong types': ['crash_cost_null', 'record_id_missing'],
  'answers 500 for limit=abc': ['crash_limit_text', 'limit_text'],
  'answers 500 for bodies beyond its limit': ['crash_too_large'],
  'spreads lists over other columns': ['record_agent_id_array'],
  'loses total_tokens': ['kept_total_tokens'],
  'loses what was expected of an eval': ['kept_eval_members'],
  'loses metadata of cost, provenance and eval': ['kept_metadata'],
  'loses unknown members': ['kept_unknown_member', 'kept_unknown_member_of_cost'],
  'makes texts of numbers': ['record_id_number'],
  'adds nulls for what is absent': ['kept_absence'],
  'zeroes the tokens when one is patched': ['patch_zeroes_cost'],
  'keeps hash and signature when the model changes': ['patch_run_hash_kept', 'patch_of_sealed'],
  'answers 200 to patches that it ignores': ['patch_drops_unknown_members', 'patch_of_id'],
  'lets completed become running': ['transition_completed_running'],
  'has no end for limit=-1': ['limit_negative'],
  'takes an unknown filter for none': ['filter_unknown', 'filter_misspelled'],
  'compares since as a text': ['since_by_text', 'filter_since_no_time'],
  'has no order within a second': ['list_order_of_fractions'],
  'puts whole records into every page': ['list_of_records'],
  'holds the headers of a stream': ['stream_headers_held'],
  'shows runs of another tenant': ['tenant_reads', 'tenant_lists'],
  'has no protocol header on errors': ['protocol_header_on_unknown_run', 'protocol_header_on_refused_key'],
  'refuses keys in two shapes': ['key_unknown_told_apart'],
  'answers unknown paths with a page': ['unknown_path_page', 'unknown_path_post'],
  'cannot reach a run called stream or ..': ['id_stream_any_accept', 'id_of_two_dots'],
  'believes hashes, signatures and seals': [
    'verdict_of_wrong_run_hash',
    'verdict_of_wrong_signature',
    'verdict_of_changed_member',
  ],
  'has an ambiguous hash of its own': ['verdict_of_ambiguous_run_hash'],
}

/** Not seen in the stand-in: its streams never begin, and it has no such numbers. Mutants show them. */
const ELSEWHERE = [
  'stream_of_other_tenant',
  'stream_resume_loses',
  'stream_event_shape',
  'stream_not_timeout',
  'stream_not_cancelled',
  'kept_large_integer',
  'kept_numeric_text',
  'kept_null',
  'list_shifted',
]

describe('a server that stores JSON without looking', () => {
  const folder = join(import.meta.dirname, '../../../conformance/cases/http')
  const cases = [...loadHttpCases(folder), ...codeCases].filter(({ name }) => !name.startsWith('rate'))
  let server: Listening
  let report: RunReport

  beforeAll(async () => {
    server = await startCareless({
      main: 'key-of-main',
      other: 'key-of-other',
      reader: 'key-of-reader',
      ingest: 'key-of-ingest',
    })
    const capabilities = ['core', 'batch', 'journal', 'approvals', 'verify', 'proofs', 'query', 'erasure']
    report = await runHttpCases({ url: server.url, keys: server.keys, cases, capabilities, bounds: { seconds: 1 } })
  })
  afterAll(() => server.stop())

  it('is told every fault', () => {
    const failed = new Set(report.outcomes.filter(({ status }) => status === 'fail').map(nameOf))
    for (const [fault, names] of Object.entries(FAULTS)) {
      expect(
        names.filter((name) => !failed.has(name)),
        fault,
      ).toEqual([])
    }
  })

  it('is asked everything, to the end', () => {
    expect(report.outcomes).toHaveLength(cases.length)
    const names = new Set(cases.map(({ name }) => name))
    expect([...Object.values(FAULTS).flat(), ...ELSEWHERE].filter((name) => !names.has(name))).toEqual([])
  })

  it('passes what it does right, where it has the time', async () => {
    const names = ['filter_agent_id_wrong', 'media_type_parameter_refused']
    const chosen = cases.filter(({ name }) => names.includes(name))
    const { outcomes } = await runHttpCases({
      url: server.url,
      keys: server.keys,
      cases: chosen,
      capabilities: ['core'],
    })
    expect(
      outcomes
        .filter(({ status }) => status === 'pass')
        .map(nameOf)
        .sort(),
    ).toEqual(names)
  })
})
