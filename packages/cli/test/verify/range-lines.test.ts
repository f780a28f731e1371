// Every line of a file begins in exactly one of its ranges, wherever they are cut.
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rangeLines } from '../../src/verification/range-lines.ts'
import { folderWith } from '../binary.ts'

const MAX = 1000

interface Read {
  readonly own: string[]
  readonly foreign: string[]
  readonly lines: number
}

const text = (item: { kind: string; bytes?: Buffer }): string =>
  item.kind === 'document' ? (item.bytes as Buffer).toString() : 'problem'

const read = async (path: string, start: number, end: number, maxSize = MAX): Promise<Read> => {
  const result = { own: [] as string[], foreign: [] as string[], lines: -1 }
  const onLines = (lines: number): void => {
    result.lines = lines
  }
  for await (const { item, own } of rangeLines(path, { start, end }, maxSize, onLines))
    (own ? result.own : result.foreign).push(text(item))
  return result
}

const linesOf = (content: string): string[] => content.split('\n').filter((line) => line.trim() !== '')

describe('rangeLines', () => {
  it('shares a file out, wherever it is cut', async () => {
    const folder = folderWith()
    const { writeFileSync } = await import('node:fs')
    const path = join(folder, 'lines.jsonl')
    const content = fc.array(fc.constantFrom('\n', 'a', 'bb', '{"x":1}', 'é', '\r\n', '   '), { maxLength: 30 })
    const cuts = fc.array(fc.nat(40), { maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(content, cuts, async (pieces, cut) => {
        const whole = pieces.join('')
        writeFileSync(path, whole)
        const size = Buffer.byteLength(whole)
        const bounds = [...new Set([0, ...cut.filter((at) => at < size), Number.MAX_SAFE_INTEGER])].sort(
          (a, b) => a - b,
        )
        const own: string[] = []
        let above = 0
        for (let i = 0; i + 1 < bounds.length; i++) {
          const part = await read(path, bounds[i] as number, bounds[i + 1] as number)
          own.push(...part.own)
          above += part.lines
          // Behind a part stand the lines that the parts after it hold. A part without lines has no use for them.
          if (part.own.length > 0)
            expect([...own, ...part.foreign].map((line) => line.trim())).toEqual(
              linesOf(whole).map((line) => line.trim()),
            )
        }
        expect(own.map((line) => line.trim())).toEqual(linesOf(whole).map((line) => line.trim()))
        expect(above).toBe(whole.split('\n').length - 1)
      }),
      { numRuns: 300, seed: 6 },
    )
  })

  it('counts the lines of a range, blank ones included', async () => {
    const folder = folderWith({ 'lines.jsonl': 'a\n\nb\ncc\n' })
    const path = join(folder, 'lines.jsonl')
    expect(await read(path, 0, 2)).toEqual({ own: ['a'], foreign: ['b', 'cc'], lines: 1 })
    expect(await read(path, 2, 4)).toEqual({ own: ['b'], foreign: ['cc'], lines: 2 })
    expect(await read(path, 4, 100)).toEqual({ own: ['cc'], foreign: [], lines: 1 })
  })

  it('passes over a line that is too long, and keeps it out of the ranges inside it', async () => {
    const long = 'x'.repeat(5000)
    const folder = folderWith({ 'lines.jsonl': `a\n${long}\nb\n` })
    const path = join(folder, 'lines.jsonl')
    expect(await read(path, 0, 100)).toEqual({ own: ['a', 'problem'], foreign: ['b'], lines: 2 })
    expect(await read(path, 100, 4000)).toEqual({ own: [], foreign: [], lines: 0 })
    expect(await read(path, 4000, 6000)).toEqual({ own: ['b'], foreign: [], lines: 1 })
  })

  it('says that a file cannot be read', async () => {
    await expect(read(join(folderWith(), 'none.jsonl'), 0, 10)).rejects.toThrow('reading failed')
  })
})
