import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ArrayCutter } from '../src/input/array-cutter.ts'
import type { Cutter } from '../src/input/item.ts'
import { LineCutter } from '../src/input/line-cutter.ts'

interface Piece {
  readonly line: number
  readonly column: number
  readonly text: string
}

/** Everything a cutter makes of some bytes that come in pieces of the given sizes, from a buffer that is used again. */
const cut = (cutter: Cutter, bytes: Buffer, sizes: readonly number[]): Piece[] => {
  const pieces: Piece[] = []
  const take = (items: ReturnType<Cutter['end']>): void => {
    for (const item of items) {
      if (item.kind === 'document') {
        pieces.push({ line: item.line, column: item.column, text: item.bytes.toString() })
        expect(bytes.subarray(item.offset, item.offset + item.bytes.length)).toEqual(item.bytes)
      } else pieces.push({ line: item.problem.line, column: item.problem.column, text: item.problem.code })
    }
  }
  const buffer = Buffer.alloc(Math.max(1, bytes.length))
  let at = 0
  for (let i = 0; at < bytes.length; i++) {
    const size = Math.min(bytes.length - at, sizes[i % sizes.length] ?? bytes.length)
    buffer.fill('#')
    bytes.copy(buffer, 0, at, at + size)
    take(cutter.push(buffer.subarray(0, size)))
    at += size
  }
  take(cutter.end())
  return pieces
}

const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 })
const values = fc.array(fc.jsonValue({ noUnicodeString: false }), { maxLength: 6 })
const space = fc.constantFrom('', ' ', '\n', '\r\n', '\t ', '\n\n ')

/** Place of an offset, counted the slow way. */
const placeOf = (text: string, offset: number): { line: number; column: number } => {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length, column: (before.at(-1) as string).length + 1 }
}

describe('a list', () => {
  it('is cut into its elements with their places, wherever the pieces end', () => {
    fc.assert(
      fc.property(
        values,
        space,
        space,
        fc.constantFrom(undefined, 1),
        sizes,
        (elements, before, after, indent, pieces) => {
          let text = `${before}[`
          const expected = elements.map((element, index) => {
            const json = JSON.stringify(element, null, indent)
            text += (index > 0 ? ',' : '') + before
            const place = placeOf(text, text.length)
            text += json + after
            return { ...place, text: json }
          })
          text += `]${after}`
          const cutInto = cut(new ArrayCutter(1e9), Buffer.from(text), pieces)
          expect(cutInto).toEqual(elements.length > 0 ? expected : [{ line: 1, column: 1, text: 'input.no_records' }])
        },
      ),
      { seed: 6 },
    )
  })

  it('of any bytes never fails, and says the same in whole and in pieces', () => {
    const soup = fc.array(fc.constantFrom('[', ']', '{', '}', '"', '\\', ',', ':', ' ', '\n', 'é', '😀', '1', 'true'), {
      maxLength: 40,
    })
    fc.assert(
      fc.property(soup, sizes, (parts, pieces) => {
        const bytes = Buffer.from(`[${parts.join('')}`)
        expect(cut(new ArrayCutter(1e9), bytes, pieces)).toEqual(cut(new ArrayCutter(1e9), bytes, [bytes.length]))
      }),
      { numRuns: 500, seed: 6 },
    )
  })

  it('passes over an element that is too long, and cuts on', () => {
    const text = `[1, "${'x'.repeat(50)}", {"a": "]"}]`
    expect(cut(new ArrayCutter(20), Buffer.from(text), [7])).toEqual([
      { line: 1, column: 2, text: '1' },
      { line: 1, column: 5, text: 'input.too_large' },
      { line: 1, column: 59, text: '{"a": "]"}' },
    ])
  })
})

describe('lines', () => {
  it('are cut wherever the pieces end, blank ones passed over', () => {
    const line = fc.oneof(
      fc.jsonValue().map((value) => JSON.stringify(value)),
      fc.constantFrom('', ' ', '\r', 'not json'),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), fc.boolean(), sizes, (lines, endsWithLf, pieces) => {
        const text = lines.join('\n') + (endsWithLf ? '\n' : '')
        const expected = lines.flatMap((each, index) =>
          each.trim() === '' ? [] : [{ line: index + 1, column: 1, text: each }],
        )
        expect(cut(new LineCutter(1e9), Buffer.from(text), pieces)).toEqual(expected)
      }),
      { seed: 6 },
    )
  })

  it('that are too long are passed over, those of exactly the limit are not', () => {
    const text = `${'a'.repeat(10)}\n${'b'.repeat(11)}\n${'c'.repeat(10)}\n${'d'.repeat(40)}`
    for (const size of [3, 10, 11, 100]) {
      expect(cut(new LineCutter(10), Buffer.from(text), [size]).map(({ line, text }) => [line, text])).toEqual([
        [1, 'aaaaaaaaaa'],
        [2, 'input.too_large'],
        [3, 'cccccccccc'],
        [4, 'input.too_large'],
      ])
    }
  })
})
