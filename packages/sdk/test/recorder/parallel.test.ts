import { expect, it } from 'vitest'
import { createRecorder } from '../../src/index.ts'
import { expectSound, setUp, signer } from './setup.ts'

const later = <T>(value: T, ms: number): Promise<T> => new Promise((resolve) => setTimeout(() => resolve(value), ms))

it('puts parallel calls in the order of ending, with seq in the order of starting', async () => {
  const { options, faults } = setUp({ signer: signer() })
  const run = createRecorder({ agent_id: 'a' }, options)
  // Each waits for the record of the one that is to end before it, so that the order rests on no clock.
  const calls: Promise<string>[] = []
  const after = async (n: number, value: string): Promise<string> => {
    await later(undefined, 0)
    await calls[n]
    return value
  }
  calls[0] = run.toolCall({ tool_name: 'slow', arguments: { n: 0 } }, () => after(1, 'slow'))
  calls[1] = run.toolCall({ tool_name: 'middle', arguments: { n: 1 } }, () => after(2, 'middle'))
  calls[2] = run.toolCall({ tool_name: 'fast', arguments: { n: 2 } }, () => 'fast')
  const results = await Promise.all(calls)
  const record = await run.end()
  expect(results).toEqual(['slow', 'middle', 'fast'])
  expect(record.steps.map(({ tool_name, seq }) => [tool_name, seq])).toEqual([
    ['fast', 2],
    ['middle', 1],
    ['slow', 0],
  ])
  expect(faults).toEqual([])
  expectSound(run, record)
})

it('keeps a sound journal while a remote signer takes its time', async () => {
  const key = signer()
  const slow = { did: key.did, sign: async (message: Uint8Array) => later(await key.sign(message), 3) }
  const { options, faults } = setUp({ signer: slow, headEvery: 3 })
  const run = createRecorder({ agent_id: 'a' }, options)
  await Promise.all(
    Array.from({ length: 40 }, (_, n) => run.toolCall({ tool_name: 't', arguments: { n } }, () => later(n, n % 5))),
  )
  const record = await run.end()
  expect(record.steps.length).toBe(40)
  expect(faults).toEqual([])
  expectSound(run, record)
})

it('goes on where a signer fails, and leaves the record unsealed', async () => {
  const broken = { did: signer().did, sign: () => Promise.reject(new Error('token removed')) }
  const { options, faults } = setUp({ signer: broken, headEvery: 1 })
  const run = createRecorder({ agent_id: 'a' }, options)
  expect(await run.toolCall({ tool_name: 't' }, () => 1)).toBe(1)
  const record = await run.end()
  expect(record.steps.length).toBe(1)
  expect([record.provenance.record_hash, record.provenance.signed_by]).toEqual([undefined, undefined])
  expect(new Set(faults.map(({ code }) => code))).toEqual(new Set(['recorder.sign_failed', 'recorder.seal_failed']))
})

it('ends open steps when the run ends', async () => {
  const { options, faults } = setUp({ signer: signer() })
  const run = createRecorder({ agent_id: 'a' }, options)
  const streaming = run.startStep('model_call', { model: 'm', input: 'hello' })
  streaming.firstToken()
  const record = await run.end({ status: 'cancelled' })
  expect(record.steps).toMatchObject([{ type: 'model_call', status: 'interrupted', model: 'm' }])
  expectSound(run, record)
  expect(faults).toEqual([])
  await streaming.end({ output: 'too late' })
  expect(faults.map(({ code }) => code)).toEqual(['recorder.too_late'])
})

it('takes a call that is tried again under its id as an attempt', async () => {
  const { options } = setUp()
  const run = createRecorder({ agent_id: 'a' }, options)
  const call = { tool_name: 'fetch', tool_call_id: 'toolu_1', arguments: { url: 'https://example.org' } }
  await expect(run.toolCall(call, () => Promise.reject(new Error('reset')))).rejects.toThrow('reset')
  await run.toolCall(call, () => 'page')
  const record = await run.end()
  expect(record.steps[1]?.retry_of).toBe(record.steps[0]?.id)
  expectSound(run, record)
})
