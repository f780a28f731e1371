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

it('writes no secret that is the name of something, or of an agent', async () => {
  const { options } = setUp()
  const run = createRecorder(
    { agent_id: key, id: `run-${key}`, metadata: { [key]: 1, [`${key}x`]: [{ [key]: 2 }] } },
    options,
  )
  await run.toolCall({ tool_name: key, tool_call_id: key, metadata: { [key]: 1 } }, (_, step) => {
    step.effect({ kind: 'write', operation: key, metadata: { [key]: 1 } })
    return { [key]: key }
  })
  await run.handoff({ agent_id: key, input: key }, () => key)
  const record = await run.end({ metadata: { [key]: 1 } })
  expectSound(run, record)
  expect(everythingIn(options.directory as string)).not.toContain(key)
  expect(record.agent_id).toBe('[redacted:anthropic_key]')
})

it('writes no value of what is called like a secret', async () => {
  const { options } = setUp()
  const run = createRecorder({ agent_id: 'a', metadata: { api_key: 'HUSH1', temperature: 0.5 } }, options)
  run.note('message', {
    role: 'user',
    input: { headers: { Authorization: 'HUSH2', Cookie: 'HUSH3', accept: 'shown' }, max_tokens: 5 },
    metadata: {
      Password: 'HUSH4',
      nested: [{ clientSecret: { value: 'HUSH5' } }],
      pwd: ['HUSH6'],
      pin: { passwd: 81726 },
    },
  })
  const args = {
    args: ['--password', 'HUSH7', '--token', 'HUSH8', '--name', 'shown'],
    headers: [['X-Api-Key', 'HUSH9'], { name: 'set-cookie', value: 'HUSH10' }, { name: 'accept', value: 'shown' }],
    raw: ['Accept', 'shown', 'Authorization', 'HUSH11'],
    env: { PWD: '/home/ada', DB_PASSWORD: 'HUSH12' },
    schema: { properties: { password: { type: 'string' } } },
    columns: ['name', 'password', 'token'],
  }
  await run.toolCall({ tool_name: 'fetch', arguments: args }, () => ({
    private_key: 'HUSH13',
    credentials: { user: 'HUSH14' },
  }))
  for (const command of ['redis-cli -a HUSH15 ping', 'openssl enc -k HUSH16', 'openssl rsa -passin pass:HUSH17'])
    await run.toolCall({ tool_name: 'Bash', arguments: { command } }, () => 'ok')
  const record = await run.end()
  expectSound(run, record)
  expect(everythingIn(options.directory as string)).not.toMatch(/HUSH|81726/)
  expect(record.metadata).toEqual({ api_key: '[redacted:api_key]', temperature: 0.5 })
  expect(JSON.parse(record.steps[1]?.input_preview ?? '')).toEqual({
    args: ['--password', '[redacted:password]', '--token', '[redacted:token]', '--name', 'shown'],
    headers: [
      ['X-Api-Key', '[redacted:api_key]'],
      { name: 'set-cookie', value: '[redacted:cookie]' },
      { name: 'accept', value: 'shown' },
    ],
    raw: ['Accept', 'shown', 'Authorization', '[redacted:authorization]'],
    env: { PWD: '/home/ada', DB_PASSWORD: '[redacted:password]' },
    schema: { properties: { password: { type: 'string' } } },
    columns: ['name', 'password', 'token'],
  })
})

it('leaves secrets where it is told to, and previews out where it is told to', async () => {
  const { options } = setUp({ redact: false, previewLength: 0 })
  const run = createRecorder({ agent_id: 'a', input: 'asked', metadata: { key, password: 'p' } }, options)
  await run.toolCall({ tool_name: 't', arguments: { a: 1 } }, () => 'result')
  const record = await run.end({ output: 'answered' })
  expect(record.metadata).toEqual({ key, password: 'p' })
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
