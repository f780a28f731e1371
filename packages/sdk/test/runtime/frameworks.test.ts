import { execFileSync } from 'node:child_process'
import { readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { verify } from '@agent-run/core'
import type { AgentRun } from '@agent-run/types'
import { expect, it } from 'vitest'
import type { RecorderFault, RecorderOptions } from '../../src/index.ts'
import { signer, temporaryFolder } from '../recorder/setup.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const frameworks = ['openai-agents', 'ai-sdk']

type Work = (options: RecorderOptions, decision?: string) => Promise<AgentRun>

const workOf = async (framework: string): Promise<Work> =>
  ((await import(join(root, 'examples', framework, 'agent.mjs'))) as { work: Work }).work

it.each(frameworks)('records an agent of %s: models, tools, an approval, cost', async (framework) => {
  const work = await workOf(framework)
  const directory = temporaryFolder()
  const faults: RecorderFault[] = []
  const record = await work({ directory, signer: signer(), onFault: (fault) => void faults.push(fault) })
  const journal = readFileSync(join(directory, `${record.id}.journal`))
  expect(verify(record, { journal })).toMatchObject({ ok: true, level: 'sealed' })
  expect(faults).toEqual([])
  const [asked, listed, published, answered] = record.steps
  expect(record.steps.map(({ type, status }) => [type, status])).toEqual([
    ['model_call', 'succeeded'],
    ['tool_call', 'succeeded'],
    ['tool_call', 'succeeded'],
    ['model_call', 'succeeded'],
  ])
  expect(asked).toMatchObject({ input_preview: 'Publish it', cost: { input_tokens: 1200, cache_read_tokens: 1000 } })
  expect(listed).toMatchObject({ tool_name: 'list_files', tool_call_id: 'call_1', model_call_id: asked?.id })
  expect(published).toMatchObject({
    tool_name: 'publish',
    tool_call_id: 'call_2',
    model_call_id: asked?.id,
    tool_hash: expect.stringMatching(/^sha256:/),
    output_preview: 'published beta',
    approval: { state: 'approved', basis: 'observed' },
  })
  expect(answered).toMatchObject({ output_preview: 'Published.' })
  expect(record.approvals).toMatchObject([
    { event: 'requested', step_id: published?.id, basis: 'observed', actor: { kind: 'agent' } },
    { event: 'approved', step_id: published?.id, basis: 'observed', actor: { id: 'u-17' }, reason: 'only the beta' },
  ])
  // 200 fresh and 1,000 cached tokens in, 80 out, twice, at the published prices.
  const expected = framework === 'ai-sdk' ? 200 * 3 + 1000 * 0.3 + 80 * 15 : 200 * 1.25 + 1000 * 0.125 + 80 * 10
  expect(record.cost.cost_usd).toBeCloseTo((2 * expected) / 1e6, 12)
  expect(record.cost.price_basis).toBe('computed')
})

it.each(frameworks)('records that a person of %s said no', async (framework) => {
  const work = await workOf(framework)
  const record = await work({ directory: false, signer: signer() }, 'denied')
  expect(verify(record)).toMatchObject({ level: 'sealed' })
  expect(record.steps.find(({ tool_name }) => tool_name === 'publish')).toMatchObject({
    status: 'denied',
    approval: { state: 'denied' },
  })
  expect(record.approvals?.map(({ event, actor }) => [event, actor?.id])).toEqual([
    ['requested', 'publisher'],
    ['denied', 'u-17'],
  ])
})

it.each(frameworks)('runs the example of %s by itself, which is short', (framework) => {
  const program = join(root, 'examples', framework, 'agent.mjs')
  expect(readFileSync(program, 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(80)
  const cwd = temporaryFolder()
  symlinkSync(join(root, 'node_modules'), join(cwd, 'node_modules'))
  const out = execFileSync(process.execPath, [program], { cwd, encoding: 'utf8' })
  expect(out).toMatch(/^4 steps, \$0\.00\d+, sealed as sha256:[0-9a-f]{64}\n$/)
})
