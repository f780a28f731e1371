import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { digest, verify } from '@agent-run/core'
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

it('cuts off a torn last line and nothing else', async () => {
  const { options } = setUp()
  const run = createRecorder({ agent_id: 'a' }, options)
  await run.toolCall({ tool_name: 't' }, () => 1)
  run.abandon()
  const before = readFileSync(run.journalPath!)
  appendFileSync(run.journalPath!, '{"seq":99}\n\0\0\0')
  const damaged = expect.objectContaining({ code: 'recorder.journal_damaged' })
  expect(() => reopenRecorder(run.journalPath!, options)).toThrow(damaged)
  expect(readFileSync(run.journalPath!).length).toBe(before.length + 14)
  writeFileSync(run.journalPath!, Buffer.concat([before, Buffer.from('{"seq":99')]))
  const { recorder, discarded } = reopenRecorder(run.journalPath!, options)
  expect(discarded).toBe(9)
  expectSound(recorder, await recorder.end({ status: 'interrupted' }))
})

it('refuses a journal that was rewritten before a signed head, and leaves it as it is', async () => {
  const { options } = setUp({ signer: signer(), headEvery: 2 })
  const run = createRecorder({ agent_id: 'a' }, options)
  for (let n = 0; n < 4; n++) await run.toolCall({ tool_name: 'pay', arguments: { n } }, () => n)
  run.abandon()
  let prev = `sha256:${'0'.repeat(64)}`
  const lines = readFileSync(run.journalPath!, 'utf8').trim().split('\n')
  const rewritten = lines.map((text) => {
    const line = JSON.parse(text)
    if (line.private) return text
    if (line.data.tool_name) line.data.tool_name = 'harmless'
    const changed = JSON.stringify({ ...line, prev })
    prev = digest(changed)
    return changed
  })
  const text = `${rewritten.join('\n')}\n`
  writeFileSync(run.journalPath!, text)
  expect(() => reopenRecorder(run.journalPath!, options)).toThrow(
    /journal\.head_mismatch in line \d+ .* Keep it as it is/,
  )
  expect(readFileSync(run.journalPath!, 'utf8')).toBe(text)
})

it('says how far signed heads go', async () => {
  const { options } = setUp({ signer: signer(), headEvery: 1 })
  const run = createRecorder({ agent_id: 'a' }, options)
  run.note('message', { role: 'user', input: 'x' })
  run.abandon()
  const { recorder, checkpoint } = reopenRecorder(run.journalPath!, options)
  expect(checkpoint).toBe(2)
  await recorder.end()
})

it.each([undefined, signer()])('never opens a run that has ended', async (key) => {
  const { options } = setUp(
    key === undefined ? {} : { signer: { did: key.did, sign: () => Promise.reject(new Error('no key')) } },
  )
  const run = createRecorder({ agent_id: 'a' }, options)
  await run.end({ outcome: 'success', output: 'all good' })
  const before = [readFileSync(run.journalPath!, 'utf8'), readFileSync(run.recordPath!, 'utf8')]
  const finished = expect.objectContaining({ code: 'recorder.finished' })
  expect(() => reopenRecorder(run.journalPath!, key === undefined ? {} : { signer: key })).toThrow(finished)
  expect([readFileSync(run.journalPath!, 'utf8'), readFileSync(run.recordPath!, 'utf8')]).toEqual(before)
})

it('seals a run whose process died before it could, and with the key only', async () => {
  const { options } = setUp({ signer: signer() })
  const run = createRecorder({ agent_id: 'a' }, options)
  await run.end()
  const lines = readFileSync(run.journalPath!, 'utf8').trim().split('\n')
  const seal = lines.findIndex((line) => line.includes('"type":"run.sealed"'))
  writeFileSync(run.journalPath!, `${lines.slice(0, seal).join('\n')}\n`)
  rmSync(run.recordPath!)
  const finished = expect.objectContaining({ code: 'recorder.finished' })
  const { signer: _, ...keyless } = options
  expect(() => reopenRecorder(run.journalPath!, keyless)).toThrow(finished)
  const { recorder } = reopenRecorder(run.journalPath!, options)
  const record = await recorder.end()
  expectSound(recorder, record)
  expect(record.provenance.signature).toBeDefined()
})

it('counts on the faults of the first recorder', async () => {
  const { options } = setUp()
  const first = createRecorder({ agent_id: 'a', tags: 'x' } as never, options)
  for (let n = 0; n < 5; n++) first.evidence({ kind: 'NOT ALLOWED' })
  const crashed = readFileSync(first.journalPath!)
  first.abandon()
  const faultsOf = async (path: string) => {
    const { recorder } = reopenRecorder(path, options)
    recorder.evidence({ kind: 'NOT ALLOWED' })
    return (await recorder.end()).provenance.metadata?.recorder_faults
  }
  // Evidence without a valid kind costs a fault of each code; its own count is doubled before it is written down again.
  expect(await faultsOf(first.journalPath!)).toEqual({ 'recorder.member_refused': 7, 'recorder.object_refused': 6 })
  const copy = `${options.directory}/copy.journal`
  writeFileSync(copy, crashed)
  expect(await faultsOf(copy)).toMatchObject({ 'recorder.object_refused': 5 })
})

it('says that a private line was lost in a crash, so that it does not look erased', async () => {
  const { options, faults } = setUp()
  const run = createRecorder({ agent_id: 'a' }, options)
  run.artifact({ name: 'private' })
  run.abandon()
  const text = readFileSync(run.journalPath!, 'utf8')
  writeFileSync(run.journalPath!, text.slice(0, text.lastIndexOf('{"private"') + 20))
  const { recorder } = reopenRecorder(run.journalPath!, options)
  const record = await recorder.end()
  expect(faults.map(({ code }) => code)).toEqual(['recorder.private_lost'])
  expect(record.provenance.metadata).toEqual({ recorder_faults: { 'recorder.private_lost': 1 } })
  expectSound(recorder, record)
})
