import { chmodSync, copyFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { bench, onlyTrial, temporary } from '../run/benching.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const packFolder = join(root, 'bench/packs/tool-discipline')
const examples = join(root, 'examples/bench')
const play = async (...command: string[]) =>
  onlyTrial(await bench({ packFolder, only: ['least-tool'], command: [process.execPath, ...command] }))

afterEach(() => vi.unstubAllEnvs())

describe('the examples for those who plug in a runtime', () => {
  it('do a task in ten lines', async () => {
    const { trial, read } = await play(join(examples, 'ten-lines.mjs'))
    expect(trial).toMatchObject({ pass: true, score: 100 })
    expect(JSON.parse(read('record.json'))).toMatchObject({
      agent_id: 'ten-lines',
      task_id: 'tool-discipline/least-tool',
    })
  })

  it.each([
    ['claude', 'claude-code'],
    ['codex', 'codex'],
  ])('start %s with prompt and tools, and make a record of its session', async (agent, format) => {
    const installed = temporary()
    copyFileSync(fileURLToPath(new URL('fixtures/agent.mjs', import.meta.url)), join(installed, agent))
    chmodSync(join(installed, agent), 0o755)
    vi.stubEnv('PATH', `${installed}${delimiter}${process.env.PATH}`)
    const { trial, read } = await play(join(examples, 'agent.mjs'), agent)
    expect(trial).toMatchObject({ pass: true, score: 100, violations: [] })
    const record = JSON.parse(read('record.json'))
    expect(record.source.format).toBe(format)
    expect(record.steps.map(({ tool_name }: { tool_name?: string }) => tool_name).join(' ')).toContain('get_customer')
  })
})
