// Memory does not grow with the input: ten times the records take hardly more than one time.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createGzip } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { bin, folderWith } from '../binary.ts'
import { peakOf, sayPeak } from '../peak-memory.ts'
import { releaseRun } from '../records.ts'

const record = Buffer.from(
  `${JSON.stringify(releaseRun({ output_preview: 'x'.repeat(1900), tags: Array(1500).fill('a-tag') }))}\n`,
)

/** Peak memory in megabytes of a validation of so many records that come through a pipe. */
const peak = async (records: number, layout: 'lines' | 'list' | 'gzip'): Promise<number> => {
  const cwd = folderWith({})
  // A heap smaller than the input: how late the collector comes must not decide what is measured.
  const limits = ['--max-old-space-size=64', '--max-semi-space-size=8']
  const program = [...sayPeak, bin, 'validate', '-', '--lenient']
  const child = spawn(process.execPath, [...limits, ...program], { cwd, env: {} })
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  const closed = once(child, 'close')
  const gzip = layout === 'gzip' ? createGzip({ level: 1 }) : undefined
  gzip?.pipe(child.stdin)
  const sink = gzip ?? child.stdin
  for (let i = 0; i < records; i++) {
    const part = layout === 'list' ? Buffer.concat([Buffer.from(i === 0 ? '[' : ','), record]) : record
    if (!sink.write(part)) await once(sink, 'drain')
  }
  sink.end(layout === 'list' ? ']' : '')
  expect((await closed)[0]).toBe(0)
  expect(output).toContain(`1 file (${records.toLocaleString('en')} records): no findings`)
  return peakOf(output)
}

describe.each(['lines', 'list', 'gzip'] as const)('%s', (layout) => {
  it('of 20 MB and of 200 MB', async () => {
    const small = await peak(1000, layout)
    const large = await peak(10_000, layout)
    expect(record.length * 10_000).toBeGreaterThan(150e6)
    expect(large / small).toBeLessThan(1.5)
    expect(large).toBeLessThan(200)
  })
})
