import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { verify } from '@agent-run/core'
import { expect, it, vi } from 'vitest'
import { createRecorder, type PolicyVerdict, reopenRecorder } from '../../src/index.ts'
import { expectSound, setUp, signer } from './setup.ts'

const policy = (): PolicyVerdict => ({ verdict: 'require_approval' })

it('goes on with ids, grants, order and cost of the first recorder', async () => {
  const ask = vi.fn(() => ({ decision: 'approved' as const, grant: { scope: 'always' as const } }))
  const { options, faults } = setUp({ signer: signer(), policy, ask })
  const first = createRecorder({ agent_id: 'a', input: 'asked', tools: [{ name: 'Bash' }] }, options)
  await first.modelCall({}, () => ({ id: 'msg_1', usage: { input_tokens: 5, output_tokens: 2 } }))
  await first.toolCall({ tool_name: 'Bash', arguments: { n: 1 } }, (_, step) => step.artifact({ name: 'x' }))
  void first.startStep('model_call', { input: 'under way' })
  first.pause()
  first.abandon()

  const { recorder, interrupted, discarded } = reopenRecorder(first.journalPath!, options)
  await recorder.modelCall({}, () => ({ id: 'msg_1', usage: { input_tokens: 5, output_tokens: 2 } }))
  await recorder.toolCall({ tool_name: 'Bash', arguments: { n: 2 } }, (_, step) => step.artifact({ name: 'y' }))
  const record = await recorder.end({ output: 'answered' })
  expect([interrupted, discarded, recorder.id]).toEqual([['s-3'], 0, first.id])
  expect(ask).toHaveBeenCalledTimes(1)
  expect(faults).toEqual([])
  expectSound(recorder, record)
  expect(record.steps.map(({ id, status }) => [id, status])).toEqual([
    ['s-1', 'succeeded'],
    ['s-2', 'succeeded'],
    ['s-3', 'interrupted'],
    ['s-4', 'succeeded'],
    ['s-5', 'succeeded'],
  ])
  expect(record.steps[2]?.input_preview).toBe('under way')
  expect(record.steps[4]?.approval?.state).toBe('auto_approved')
  expect(record.cost.input_tokens).toBe(5)
  expect(new Set(record.artifacts?.map(({ id }) => id)).size).toBe(2)
  expect(verify(record, { journal: readFileSync(recorder.journalPath!) })).toMatchObject({ ok: true, level: 'sealed' })
})

it('refuses what it cannot go on with', async () => {
  const { options } = setUp({ signer: signer() })
  const run = createRecorder({ agent_id: 'a' }, options)
  const path = run.journalPath!
  expect(() => reopenRecorder(path, options)).toThrow(expect.objectContaining({ code: 'journal_file.locked' }))
  run.abandon()
  const other = { ...options, signer: signer(8) }
  expect(() => reopenRecorder(path, other)).toThrow(expect.objectContaining({ code: 'recorder.other_key' }))
  await reopenRecorder(path, options).recorder.end()
  expect(() => reopenRecorder(path, options)).toThrow(expect.objectContaining({ code: 'recorder.sealed' }))
  writeFileSync(path, 'not a journal\n')
  expect(() => reopenRecorder(path, options)).toThrow(expect.objectContaining({ code: 'recorder.journal_unusable' }))
  expect(readFileSync(path, 'utf8')).toBe('not a journal\n')
})

it('goes on without the key, but then seals nothing', async () => {
  const { options } = setUp({ signer: signer() })
  const run = createRecorder({ agent_id: 'a' }, options)
  run.abandon()
  const { signer: _, ...keyless } = options
  const record = await reopenRecorder(run.journalPath!, keyless).recorder.end({ status: 'interrupted' })
  expect([record.status, record.provenance.signed_by]).toEqual(['interrupted', undefined])
})

it('keeps damaged lines beside the journal', async () => {
  const { options } = setUp()
  const run = createRecorder({ agent_id: 'a' }, options)
  await run.toolCall({ tool_name: 't' }, () => 1)
  run.abandon()
  appendFileSync(run.journalPath!, '{"seq":99}\n\0\0\0')
  const { recorder, discarded } = reopenRecorder(run.journalPath!, options)
  const record = await recorder.end({ status: 'interrupted' })
  expect(discarded).toBe(14)
  expectSound(recorder, record)
  expect(readdirSync(options.directory as string).some((name) => name.includes('.journal.discarded.'))).toBe(true)
})
