import { readFileSync, statSync } from 'node:fs'
import { privateStates, verify } from '@agent-run/core'
import { expect, it } from 'vitest'
import { createRecorder } from '../../src/index.ts'
import { expectSound, setUp, signer, temporaryFolder } from './setup.ts'

const answer = {
  id: 'msg_1',
  model: 'claude-sonnet-4-5-20250929',
  stop_reason: 'tool_use',
  usage: { input_tokens: 900, cache_read_input_tokens: 80, cache_creation_input_tokens: 20, output_tokens: 40 },
  content: [{ type: 'text', text: 'I shall write the notes.' }],
}

it('records model calls, tool calls, artifacts, evidence, cost, and seals', async () => {
  const { options, faults } = setUp({ signer: signer() })
  const run = createRecorder(
    {
      agent_id: 'release-bot',
      agent_version: '2.3.1',
      model: 'claude-sonnet-4-5',
      trigger: 'manual',
      input: 'Write the release notes',
      scope: { root: '/repo' },
      tools: [{ name: 'write_file', description: 'Writes a file', input_schema: { type: 'object' } }],
    },
    options,
  )
  run.note('message', { role: 'user', input: 'Write the release notes' })
  await run.modelCall({ model: 'claude-sonnet-4-5', input: 'Write the release notes' }, () => answer)
  const returned = await run.toolCall(
    { tool_name: 'write_file', tool_call_id: 'toolu_1', arguments: { path: 'notes.md', content: '# 2.3.1' } },
    (args, step) => {
      step.artifact({ name: args.path, kind: 'file', action: 'created', content: args.content })
      step.evidence({ kind: 'postcondition', name: 'file exists', result: 'pass' })
      return 'written'
    },
  )
  run.checkpoint({ when: 'after', kind: 'git_commit', ref: 'abc' })
  run.update({ intent: 'write notes' })
  const record = await run.end({ outcome: 'success', output: 'Done' })

  expect(returned).toBe('written')
  expect(faults).toEqual([])
  expectSound(run, record)
  expect(record).toMatchObject({ status: 'completed', outcome: 'success', output_preview: 'Done', spec_version: '1.0' })
  expect(record.steps.map(({ type }) => type)).toEqual(['message', 'model_call', 'tool_call'])
  expect(record.steps[1]).toMatchObject({
    model: 'claude-sonnet-4-5-20250929',
    response_id: 'msg_1',
    output_preview: 'I shall write the notes.',
    cost: { input_tokens: 1000, output_tokens: 40, cache_read_tokens: 80, cache_write_tokens: 20, total_tokens: 1040 },
  })
  expect(record.steps[2]).toMatchObject({
    status: 'succeeded',
    tool_hash: record.inventory?.tools?.[0]?.schema_hash,
    input_preview: '{"path":"notes.md","content":"# 2.3.1"}',
    output_preview: 'written',
    side_effects: [{ kind: 'write', target_kind: 'file', target: 'notes.md', basis: 'inferred' }],
    artifact_ids: [record.artifacts?.[0]?.id],
  })
  expect(record.cost).toMatchObject({ input_tokens: 1000, output_tokens: 40, basis: 'reported' })
  expect(record.evidence).toEqual([
    { kind: 'postcondition', name: 'file exists', result: 'pass', step_id: record.steps[2]?.id },
  ])
  expect(new Set(privateStates(record).map(({ state }) => state))).toEqual(new Set(['whole']))
  expect(verify(record, { journal: readFileSync(run.journalPath!) })).toMatchObject({
    ok: true,
    level: 'sealed',
    completeness: { state: 'sealed' },
  })
  for (const path of [run.journalPath!, run.recordPath!]) expect(statSync(path).mode & 0o777).toBe(0o600)
})

it('needs nothing but an agent_id; without a key the record is not sealed', async () => {
  const run = createRecorder({ agent_id: 'release-bot' }, { directory: temporaryFolder() })
  await run.toolCall({ tool_name: 'noop' }, () => undefined)
  const record = await run.end()
  expectSound(run, record)
  expect(record.provenance.record_hash).toBeUndefined()
  expect(record.cost).toEqual({ input_tokens: null, output_tokens: null, basis: 'unknown' })
  expect(verify(record)).toMatchObject({ ok: false, level: 'recorded', completeness: { state: 'unsealed' } })
})

it('keeps everything in memory if asked', async () => {
  const run = createRecorder({ agent_id: 'a' }, { directory: false, signer: signer() })
  await run.modelCall({}, () => 'words')
  const record = await run.end()
  expect([run.journalPath, run.recordPath, record.provenance.journal_head]).toEqual([undefined, undefined, undefined])
  expect(verify(record)).toMatchObject({ level: 'sealed' })
})

it('gives the same record again, and records nothing after the end', async () => {
  const { options, faults } = setUp()
  const run = createRecorder({ agent_id: 'a' }, options)
  const record = await run.end()
  expect(await run.end({ status: 'failed' })).toBe(record)
  expect(await run.toolCall({ tool_name: 'late' }, () => 3)).toBe(3)
  expect(await run.modelCall({}, () => 4)).toBe(4)
  run.note('message', { role: 'user', input: 'late' })
  expect(faults.map(({ code }) => code)).toEqual(['recorder.too_late', 'recorder.too_late', 'recorder.too_late'])
  expectSound(run, record)
})

it('gives the same bytes with the same clock, ids and random bytes', async () => {
  const record = async () => {
    const { options } = setUp({ signer: signer() })
    const run = createRecorder({ agent_id: 'a', input: 'x' }, options)
    await Promise.all(
      [1, 2, 3].map((n) => run.toolCall({ tool_name: 'read_file', arguments: { path: `${n}` } }, () => n)),
    )
    return { record: JSON.stringify(await run.end()), journal: readFileSync(run.journalPath!, 'utf8') }
  }
  expect(await record()).toEqual(await record())
})

it('takes the identifiers that it is given', async () => {
  const { options } = setUp({ newId: (kind) => (kind === 'run' ? 'run-1' : undefined) })
  const run = createRecorder({ agent_id: 'a' }, options)
  expect([run.id, run.journalPath?.endsWith('/run-1.journal')]).toEqual(['run-1', true])
})

it('never writes outside its folder, whatever the id', async () => {
  const { options } = setUp()
  const run = createRecorder({ agent_id: 'a', id: '../../etc/passwd' }, options)
  const record = await run.end()
  expect(record.id).toBe('../../etc/passwd')
  expect(run.journalPath?.startsWith(`${options.directory}/run-`)).toBe(true)
})

it('leaves the files of an earlier run with the same id alone', async () => {
  const { options, faults } = setUp()
  const first = createRecorder({ agent_id: 'a', id: 'r' }, options)
  await first.end()
  const before = readFileSync(first.journalPath!)
  const second = createRecorder({ agent_id: 'a', id: 'r' }, options)
  const record = await second.end()
  expect(faults.map(({ code }) => code)).toEqual(['recorder.journal_failed'])
  expect(readFileSync(first.journalPath!).equals(before)).toBe(true)
  expectSound(second, record)
  expect(record.provenance.metadata).toEqual({ recorder_faults: { 'recorder.journal_failed': 1 } })
})

it('sends the finished record, and again when that failed', async () => {
  let fails = true
  const sent: string[] = []
  const { options, faults } = setUp({
    transport: async (record) => {
      if (fails) throw new Error('no connection')
      sent.push(record.id)
      return { digest: 'sha256:00' }
    },
  })
  const run = createRecorder({ agent_id: 'a' }, options)
  await run.end()
  expect(faults.map(({ code }) => code)).toEqual(['recorder.transport_failed'])
  fails = false
  expect(await run.flush()).toEqual({ digest: 'sha256:00' })
  expect(await run.flush()).toEqual({ digest: 'sha256:00' })
  expect(sent).toEqual([run.id])
})
