import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { validate, verify } from '@agent-run/core'
import { expect, it } from 'vitest'
import { seededRandom, signer, steadyClock, temporaryFolder } from './setup.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))

/** A project that has the packages. */
const project = (): string => {
  const folder = temporaryFolder()
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  return folder
}
const node = (cwd: string, ...args: string[]) => execFileSync(process.execPath, args, { cwd, encoding: 'utf8' })

const programs = readFileSync(join(root, 'packages/sdk/README.md'), 'utf8').matchAll(/^```js\n([\s\S]*?)^```$/gm)

it.each([...programs].map(([, program = '']) => program))('runs what the README shows, number %#', (program) => {
  const folder = project()
  writeFileSync(join(folder, 'example.mjs'), program)
  node(folder, 'example.mjs')
  const [journal, record] = readdirSync(join(folder, '.agent-run')).sort()
  expect(journal?.replace('.journal', '.json')).toBe(record)
  const bytes = readFileSync(join(folder, '.agent-run', record ?? ''))
  expect(validate(bytes, { reading: 'strict' }).findings).toEqual([])
})

it('needs three lines for the first record', () => {
  const [first = ''] = [
    ...readFileSync(join(root, 'packages/sdk/README.md'), 'utf8').matchAll(/^```js\n([\s\S]*?)^```$/gm),
  ].map(([, program]) => program)
  expect(
    first
      .trim()
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('import ')).length,
  ).toBe(3)
})

it('runs the example program, with the same bytes for the same clock, ids and key', async () => {
  const { work } = await import(new URL('examples/recorder/agent.mjs', `file://${root}`).href)
  const once = async () => {
    const directory = temporaryFolder()
    const record = await work({
      directory,
      clock: steadyClock(),
      random: seededRandom(),
      signer: signer(),
      cwd: '/repo',
    })
    const files = readdirSync(directory).sort()
    return { record, files: files.map((name) => [name, readFileSync(join(directory, name), 'utf8')]) }
  }
  const [first, second] = [await once(), await once()]
  expect(second).toEqual(first)
  expect(validate(first.record, { reading: 'strict' }).findings).toEqual([])
  expect(first.record.steps.map((step: { status?: string }) => step.status)).toEqual([
    ...['succeeded', 'succeeded', 'succeeded', 'succeeded', 'succeeded', 'succeeded', 'denied', 'succeeded'],
  ])
  const records = first.files.filter(([name]) => name?.endsWith('.json')).map(([, text]) => JSON.parse(text ?? ''))
  for (const record of records) {
    const journal = first.files.find(([name]) => name === `${record.id}.journal`)?.[1] ?? ''
    expect(verify(record, { journal, related: records })).toMatchObject({ ok: true, level: 'sealed' })
  }
  expect(first.record.approvals[1].modified_action_hash).toMatch(/^sha256:/)
})

it('runs the example program by itself', () => {
  const folder = project()
  mkdirSync(join(folder, 'examples'))
  const program = join(root, 'examples/recorder/agent.mjs')
  expect(node(folder, program)).toMatch(/^8 steps, sealed as sha256:[0-9a-f]{64}\n$/)
  expect(readdirSync(join(folder, '.agent-run')).filter((name) => name.endsWith('.json')).length).toBe(2)
})
