// What comes out does not depend on how the work was shared out.
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { agentRun, timeless } from '../binary.ts'
import { finishedRun, folderWithKey, seal } from '../sealing/signed.ts'

const formats = ['pretty', 'line', 'json', 'ndjson', 'junit', 'sarif', 'github', 'markdown']

let cwd = ''
beforeAll(async () => {
  const ids = Array.from({ length: 40 }, (_, i) => `run-${i}`)
  cwd = await folderWithKey({ 'runs.jsonl': ids.map((id) => JSON.stringify(finishedRun({ id }))).join('\n') })
  const batch = (await seal(cwd, 'runs.jsonl', '--batch')).trim().split('\n')
  // Faults of every kind, all over the file; blank lines, so that numbers differ from counts.
  batch[7] = batch[7]?.replace('"failed"', '"sucess"') as string
  batch[20] = '{"cut": '
  batch[33] = `{"long": "${'x'.repeat(9000)}"}`
  batch.splice(40, 1)
  batch.splice(50, 0, '', '   ', '{"kind":"link"}', '{"index":1,"path":5}')
  writeFileSync(join(cwd, 'batch.jsonl'), `${batch.join('\n')}\n`)
})

/** What a run of the program says, without its times. */
const said = async (args: readonly string[]): Promise<string> => {
  const { code, stdout } = await agentRun(
    [
      'verify',
      'batch.jsonl',
      'trust.json',
      'runs.jsonl',
      '--trust',
      'trust.json',
      '--now',
      '2026-11-21T00:00:00Z',
      '--max-size',
      '12K',
      ...args,
    ],
    { cwd },
  )
  expect(code).toBe(1)
  return timeless(stdout).replace(/"duration_ms":\d+|time="[\d.]+"/g, '')
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Ways to share the work out. The first needs no thread, and cuts where the second one does. */
const ways = [
  ['--workers', '0', '--part-size', '5K'],
  ['--workers', '2', '--part-size', '5K'],
  ['--workers', '3', '--part-size', '17001'],
  ['--workers', '2', '--part-size', '777'],
]

it.each(formats)('%s is byte for byte the same', async (format) => {
  const one = await said(['--format', format, '--workers', '0'])
  expect(one.length).toBeGreaterThan(1000)
  // How the work is cut has to do with one format as much as with another.
  const isWhole = format === 'ndjson' || process.env['AGENT_RUN_LONG'] !== undefined
  for (const more of isWhole ? ways : ways.slice(0, 2))
    expect([more, digestOf(await said(['--format', format, ...more]))]).toEqual([more, digestOf(one)])
})

it('one record alone is shown in full by a worker too', async () => {
  writeFileSync(join(cwd, 'one.jsonl'), (await seal(cwd, 'runs.jsonl')).split('\n')[0] as string)
  const run = async (...args: string[]): Promise<string> =>
    (await agentRun(['verify', 'one.jsonl', '--format', 'pretty', '--trust', 'trust.json', ...args], { cwd })).stdout
  const alone = await run('--workers', '0')
  expect(alone).toContain('Proven here')
  expect(await run('--workers', '2')).toBe(alone)
  expect(await run('--workers', '2', '--part-size', '500')).toBe(alone)
})

it('what cannot be used ends all threads', async () => {
  const { code, stdout, stderr } = await agentRun(
    ['verify', 'batch.jsonl', '--workers', '2', '--trust', 'batch.jsonl'],
    { cwd },
  )
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain('the trust file batch.jsonl')
})
