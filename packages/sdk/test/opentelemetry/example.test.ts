import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { validate, verify } from '@agent-run/core'
import { afterEach, beforeEach, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'agent-run-otel-'))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const node = (...args: string[]): string => execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })

it('the example program leaves a sealed record without findings', async () => {
  expect(node(join(root, 'examples/opentelemetry/agent.mjs'))).toMatch(/^completed: 3 steps, sealed by did:key:/)
  const [name = ''] = readdirSync(join(folder, '.agent-run'))
  const bytes = readFileSync(join(folder, '.agent-run', name))
  expect(validate(bytes, { reading: 'strict' }).findings).toEqual([])
  expect(await verify(bytes)).toMatchObject({ level: 'sealed' })
  expect(JSON.parse(bytes.toString('utf8'))).toMatchObject({
    agent_id: 'release-bot',
    input_preview: 'Write the notes and publish the beta',
    output_preview: 'The registry refused the beta.',
    cost: { input_tokens: 120, cache_read_tokens: 80 },
    steps: [
      { type: 'model_call' },
      { side_effects: [{ kind: 'write' }] },
      {
        status: 'failed',
        error: 'E403 Forbidden',
        side_effects: expect.arrayContaining([expect.objectContaining({ kind: 'deploy' })]),
      },
    ],
  })
})

it('what its README shows runs', () => {
  const [, program = ''] =
    /^```js\n([\s\S]*?)^```$/m.exec(readFileSync(join(root, 'examples/opentelemetry/README.md'), 'utf8')) ?? []
  writeFileSync(join(folder, 'set-up.mjs'), `${program}await provider.shutdown()\n`)
  node('set-up.mjs')
  expect(program).toContain('spanProcessors: [recording, exporting]')
})
