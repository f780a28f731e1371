import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { inspectAdapter } from '../../src/adapters/inspect/index.ts'
import { readHead } from '../../src/conversion/head.ts'
import { randomFrom } from '../conversion/hostile.ts'
import { header, log, quiet, sample } from './examples.ts'

interface Entry {
  readonly name: string
  readonly content: Uint8Array
  readonly method?: number
  /** What the archive says of its size, if it lies. */
  readonly size?: number
}

/** A zip archive, as Inspect writes it. */
function archive(entries: readonly Entry[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, content, method = 8, size = content.length } of entries) {
    const packed = method === 8 ? deflateRawSync(content) : Buffer.from(content)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(method, 8)
    local.writeUInt32LE(packed.length, 18)
    local.writeUInt32LE(size, 22)
    local.writeUInt16LE(Buffer.byteLength(name), 26)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50, 0)
    central.writeUInt16LE(method, 10)
    central.writeUInt32LE(packed.length, 20)
    central.writeUInt32LE(size, 24)
    central.writeUInt16LE(Buffer.byteLength(name), 28)
    central.writeUInt32LE(offset, 42)
    parts.push(local, Buffer.from(name), packed)
    directory.push(central, Buffer.from(name))
    offset += 30 + Buffer.byteLength(name) + packed.length
  }
  const index = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(index.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, index, end])
}

const json = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value))
const whole: readonly Entry[] = [
  { name: '_journal/start.json', content: json({ version: 2, eval: header.eval, plan: header.plan }) },
  { name: 'samples/task-1_epoch_2.json', content: json(sample) },
  { name: 'samples/2_epoch_1.json', content: json(quiet), method: 0 },
  { name: 'summaries.json', content: json([]) },
  { name: 'header.json', content: json(header) },
]

const convert = (content: Uint8Array, options = {}) => inspectAdapter.convert([{ name: 'x.eval', content }], options)

describe('an .eval archive', () => {
  it('becomes the same runs as the log as JSON, but for the digest', async () => {
    const packed = await convert(archive(whole))
    const plain = await inspectAdapter.convert([{ name: 'x.json', content: JSON.stringify(log(sample, quiet)) }])
    const without = ({ source: _, ...run }: { source?: unknown }) => run
    expect(packed.runs.map(without)).toEqual(plain.runs.map(without))
    expect(packed.report).toMatchObject({ ok: true, findings: [] })
    expect(inspectAdapter.recognises(readHead('x.eval', archive(whole)))).toBe(true)
  })

  it('is read before it has a header, while the eval still goes on', async () => {
    const { runs } = await convert(archive(whole.slice(0, 2)))
    expect(runs[0]).toMatchObject({ id: 'sample-uuid', task_id: 'files' })
  })

  it('says which entries could not be read: another method, a false size, a size beyond the bound', async () => {
    const [start, first] = whole
    for (const entry of [
      { ...first!, method: 93 },
      { ...first!, size: 10 },
      { ...first!, size: 1_000_000 },
    ]) {
      const { runs, report } = await convert(archive([start!, entry]))
      expect(runs).toEqual([])
      expect(report.findings.map(({ code }) => code)).toEqual(['convert.malformed_lines', 'convert.no_turns'])
      expect(report.files[0]?.malformed[0]?.reason).toMatch(/^entry of the archive: /)
    }
    const zeros = { name: 'samples/a.json', content: new Uint8Array(5_000_000) }
    const { report } = await convert(archive([start!, zeros]), { maxDocumentBytes: 1_000_000 })
    expect(report.files[0]?.malformed[0]?.reason).toBe('entry of the archive: longer than 1000000 bytes')
  })

  it('stands archives that were cut or changed anywhere', async () => {
    const bytes = archive(whole)
    for (let seed = 1; seed <= 150; seed++) {
      const random = randomFrom(seed)
      const changed = Buffer.from(bytes)
      for (let count = 0; count < 4; count++)
        changed[Math.floor(random() * changed.length)] = Math.floor(random() * 256)
      const cut = random() < 0.3 ? changed.subarray(0, Math.floor(random() * changed.length)) : changed
      const { runs, report } = await convert(cut)
      expect(report.ok).toBe(runs.length > 0)
      expect(report.findings.some(({ code }) => code === 'convert.unreadable')).toBe(false)
    }
  })
})
