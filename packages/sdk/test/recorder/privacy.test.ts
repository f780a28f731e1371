import { erase, verify } from '@agent-run/core'
import { expect, it } from 'vitest'
import { createRecorder } from '../../src/index.ts'
import { everythingIn, expectSound, setUp, signer } from './setup.ts'

const key = `sk-ant-api03-${'a1B2'.repeat(12)}`

it('writes no secret of a known shape anywhere', async () => {
  const { options, faults } = setUp({
    signer: signer(),
    policy: () => ({ verdict: 'require_approval', reasons: [`saw ${key}`], request: { reason: `uses ${key}` } }),
    ask: () => ({ decision: 'approved', reason: `with ${key}` }),
  })
  const run = createRecorder(
    {
      agent_id: 'a',
      input: `use ${key}`,
      metadata: { deep: [{ key }] },
      scope: { repository: 'https://user:hunter2secret@example.org/r.git' },
    },
    options,
  )
  await run.modelCall({ input: { messages: [{ content: key }] } }, () => ({ content: [{ type: 'text', text: key }] }))
  const seen = await run.toolCall(
    { tool_name: 'Bash', arguments: { command: `curl -H "Authorization: Bearer ${key}" https://example.org` } },
    (args, step) => {
      step.artifact({ name: key, content: 'x' })
      step.effect({ kind: 'network', operation: key, target: `https://example.org/?token=${key}` })
      return args.command.includes(key)
    },
  )
  await run.toolCall({ tool_name: 't' }, () => Promise.reject(new Error(`refused ${key}`))).catch(() => undefined)
  run.evidence({ kind: 'test', name: key })
  run.update({ intent: key })
  const record = await run.end({ output: key, error: key, metadata: { key } })
  expect(seen).toBe(true)
  expect(faults).toEqual([])
  expectSound(run, record)
  const written = everythingIn(options.directory as string)
  expect(written).not.toContain(key)
  expect(written).not.toContain('hunter2secret')
  expect(written).toContain('[redacted:')
})

it('leaves secrets where it is told to, and previews out where it is told to', async () => {
  const { options } = setUp({ redact: false, previewLength: 0 })
  const run = createRecorder({ agent_id: 'a', input: 'asked', metadata: { key } }, options)
  await run.toolCall({ tool_name: 't', arguments: { a: 1 } }, () => 'result')
  const record = await run.end({ output: 'answered' })
  expect(record.metadata).toEqual({ key })
  expect([record.input_preview, record.output_preview]).toEqual([undefined, undefined])
  expect([record.steps[0]?.input_preview, record.steps[0]?.output_preview]).toEqual([undefined, undefined])
  expectSound(run, record)
})

it('cuts what is long', async () => {
  const { options } = setUp()
  const run = createRecorder({ agent_id: 'a', input: 'ä😀'.repeat(50_000) }, options)
  await run.toolCall({ tool_name: 't' }, () => ({ rows: Array.from({ length: 200_000 }, (_, n) => n) }))
  await run.toolCall({ tool_name: 't' }, () => new Uint8Array(1_000_000))
  const record = await run.end()
  expect([...(record.input_preview ?? '')].length).toBe(2000)
  expect([...(record.steps[0]?.output_preview ?? '')].length).toBeLessThanOrEqual(2000)
  expect(record.steps[1]?.output_preview).toBe('[1000000 bytes]')
  expectSound(run, record)
})

it('makes every private member erasable without breaking the seal', async () => {
  const { options } = setUp({ signer: signer() })
  const run = createRecorder({ agent_id: 'a', input: 'Ada Lovelace, born 1815' }, options)
  await run.toolCall({ tool_name: 'write_file', arguments: { path: 'ada.txt' } }, (_, step) => {
    step.artifact({ name: 'ada.txt', content: 'Ada' })
    return 'Ada'
  })
  const record = await run.end({ output: 'Ada' })
  const { run: erased, private_hashes } = erase(record, () => true)
  expect(private_hashes.length).toBe(4)
  expect(JSON.stringify(erased)).not.toMatch(/ada/i)
  const failed = verify(erased).checks.filter(({ result }) => result === 'fail')
  expect(failed).toEqual([])
})
