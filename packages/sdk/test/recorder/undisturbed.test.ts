import { readFileSync } from 'node:fs'
import { describe, expect, it, vi } from 'vitest'
import { createRecorder, type ModelCall, type RecorderOptions, type ToolCall } from '../../src/index.ts'
import { expectSound, setUp, signer } from './setup.ts'

const trap = () => {
  throw new Error('trap')
}
const trapped = (name: string): never => Object.defineProperty({}, name, { get: trap, enumerable: true }) as never

describe('nothing of the recorder reaches the agent', () => {
  const starts: [string, unknown][] = [
    ['nothing', undefined],
    ['null', null],
    ['a name with half a character', { agent_id: 'a\ud800' }],
    ['a getter that throws', trapped('agent_id')],
    [
      'another getter that throws',
      {
        agent_id: 'a',
        ...Object.create(null),
        get input() {
          return trap()
        },
      },
    ],
  ]
  it.each(starts)('however it is started: %s', async (_, start) => {
    const { options } = setUp({ signer: signer() })
    const run = createRecorder(start as never, options)
    expect(await run.toolCall({ tool_name: 't', arguments: {} }, () => 'ok')).toBe('ok')
    const record = await run.end()
    expect(record.provenance.record_hash).toMatch(/^sha256:/)
    expectSound(run, record)
  })

  const odd: [string, object][] = [
    ['a clock of BigInts', { clock: () => 1n }],
    ['a clock of symbols', { clock: () => Symbol('now') }],
    ['a clock that is none', { clock: 5 }],
    ['random text', { random: (length: number) => 'z'.repeat(length) }],
    ['a sparse list of bytes', { random: (length: number) => new Array(length) }],
    ['random bytes that are still to come', { random: async (length: number) => new Uint8Array(length) }],
    ['numbers for identifiers', { newId: () => 5 }],
    ['half a character for an identifier', { newId: () => 'a\ud800' }],
    ['a symbol for an identifier', { newId: () => Symbol('id') }],
    ['very long identifiers', { newId: () => 'x'.repeat(1_000_000) }],
    ['previews of no length', { previewLength: Number.NaN }],
    ['heads of no number', { headEvery: Number.NaN }],
    ['a listener that fails later', { onFault: () => Promise.reject(new Error('listener')), clock: 5 }],
    ['a receiver that says nothing', { transport: async () => null }],
  ]
  it.each(odd)('however it is set up: %s', async (_, options) => {
    const { options: whole } = setUp({ signer: signer(), ...options } as RecorderOptions)
    const run = createRecorder({ agent_id: 'a' }, whole)
    expect(await run.toolCall({ tool_name: 't', arguments: {} }, () => 'ok')).toBe('ok')
    run.note('message', { role: 'user', input: 'x'.repeat(3000) })
    expect(await run.handoff({ agent_id: 'b' }, () => 'done')).toBe('done')
    const record = await run.end()
    expect(record.provenance.record_hash).toMatch(/^sha256:/)
    expect(record.steps.length).toBe(4)
    expect(record.steps[1]?.input_preview?.length).toBeLessThanOrEqual(2000)
  })

  it.each([5, '', {}])('whatever is given as directory: %j', (directory) => {
    // The files are beside the point, and would be in the way of others.
    const files = { ...setUp().options.files, makeFolder: trap } as never
    const onFault = vi.fn()
    expect(() => createRecorder({ agent_id: 'a' }, { directory: directory as never, files, onFault })).not.toThrow()
    expect(onFault).toHaveBeenCalled()
  })

  it('whatever is called', async () => {
    const { options } = setUp()
    const run = createRecorder({ agent_id: 'a' }, options)
    expect(await run.modelCall(trapped('model') as ModelCall, () => 1)).toBe(1)
    expect(await run.modelCall(undefined as never, () => 2)).toBe(2)
    expect(await run.toolCall(trapped('tool_name') as ToolCall<object>, () => 3)).toBe(3)
    expect(await run.toolCall(undefined as never, () => 4)).toBe(4)
    expect(await run.handoff(undefined as never, () => 5)).toBe(5)
    expect(await run.handoff(trapped('input'), () => 6)).toBe(6)
    expect(await run.handoff({ agent_id: 'b\ud800', run_id: 7 as never }, () => 7)).toBe(7)
    expect(await run.step('input_request', trapped('input'), () => 8)).toBe(8)
    await run.startStep('model_call', null as never).end(null as never)
    for (const hostile of [undefined, null, 5, Symbol('s'), trapped('id')] as never[]) {
      run.note(hostile, hostile)
      run.artifact(hostile)
      run.evidence(hostile)
      run.checkpoint(hostile)
      run.update(hostile)
      run.decision(hostile)
      run.approval(hostile)
      run.revoke(hostile, hostile)
      run.delegate(hostile)
      run.handoffResult(hostile, hostile)
      await run.toolCall(
        { tool_name: hostile, mcp_server: hostile, tool_call_id: hostile, arguments: hostile },
        () => 1,
      )
    }
    expectSound(run, await run.end(null as never))
  })

  it('not even by what an answer makes of itself when it is looked at', async () => {
    const unhandled = vi.fn()
    process.on('unhandledRejection', unhandled)
    const { options } = setUp()
    const run = createRecorder({ agent_id: 'a' }, options)
    const consumed = vi.fn()
    await run.modelCall({}, () => ({
      get usage() {
        return Promise.reject(new Error('usage'))
      },
      get text() {
        return Promise.reject(new Error('text'))
      },
    }))
    await run.modelCall({}, () => ({
      textStream: [],
      get usage() {
        consumed()
        return 1
      },
    }))
    await new Promise((resolve) => setTimeout(resolve, 20))
    process.off('unhandledRejection', unhandled)
    expect(unhandled).not.toHaveBeenCalled()
    expect(consumed).not.toHaveBeenCalled()
    expect((await run.end()).steps.length).toBe(2)
  })
})

it('what comes after the end of its run is told', async () => {
  const { options, faults } = setUp()
  const run = createRecorder({ agent_id: 'a' }, options)
  let finish = (_: string): void => undefined
  const call = run.toolCall({ tool_name: 'slow' }, () => new Promise<string>((resolve) => (finish = resolve)))
  expect((await run.end()).steps[0]?.status).toBe('interrupted')
  finish('late')
  expect(await call).toBe('late')
  expect(faults.map(({ code }) => code)).toEqual(['recorder.too_late'])
})

it('a handoff whose child failed is failed, though its function returned', async () => {
  const { options } = setUp({ signer: signer() })
  const run = createRecorder({ agent_id: 'a' }, options)
  await run.handoff({ agent_id: 'b' }, async (child) => {
    await child.end({ status: 'failed', error: 'could not' })
    return 'partial'
  })
  const record = await run.end()
  expect(record.steps[1]).toMatchObject({ type: 'handoff_result', status: 'failed', error: 'could not' })
  expectSound(run, record)
})

it('a thousand checkpoints cost what a thousand checkpoints need, and none is lost', async () => {
  const { options } = setUp({ signer: signer() })
  const run = createRecorder({ agent_id: 'a' }, options)
  for (let n = 0; n < 1000; n++) run.checkpoint({ when: 'during', kind: 'snapshot', ref: `snapshot-${n}` })
  const record = await run.end()
  expect(record.checkpoints?.map(({ ref }) => ref)).toEqual(Array.from({ length: 1000 }, (_, n) => `snapshot-${n}`))
  expect(readFileSync(run.journalPath ?? '').length).toBeLessThan(2_500_000)
  expectSound(run, record)
})
