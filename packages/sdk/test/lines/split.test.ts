import { describe, expect, it } from 'vitest'
import { type Content, type Line, splitLines } from '../../src/lines/index.ts'

const split = async (content: Content, maxLineBytes = 1000): Promise<Line[]> => {
  const lines: Line[] = []
  for await (const some of splitLines(content, { maxLineBytes, onBytes: () => undefined })) lines.push(...some)
  return lines
}

describe('splitLines', () => {
  it('numbers lines, counting empty ones', async () => {
    expect(await split('a\n\nb\r\n  \nc')).toEqual([
      { number: 1, text: 'a' },
      { number: 3, text: 'b' },
      { number: 5, text: 'c' },
    ])
  })

  it('keeps a line whose beginning stood in a Buffer that is used again', async () => {
    const buffer = Buffer.alloc(8)
    const chunks = function* (): Generator<Uint8Array> {
      buffer.write('{"a":11')
      yield buffer.subarray(0, 7)
      buffer.write('XXXXXXX')
      buffer.write('1}\n')
      yield buffer.subarray(0, 3)
    }
    expect(await split(chunks())).toEqual([{ number: 1, text: '{"a":111}' }])
  })

  it('gives the same lines however the input is cut', async () => {
    const bytes = new TextEncoder().encode('äöü\n€uro\n🎉\n')
    const whole = await split(bytes)
    for (let size = 1; size < bytes.length; size++) {
      const chunks: Uint8Array[] = []
      for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size))
      expect(await split(chunks)).toEqual(whole)
    }
  })

  it('copies what it keeps, so that a buffer may be used again', async () => {
    function* reused(): Generator<Uint8Array> {
      const buffer = new Uint8Array(3)
      for (const text of ['abc', 'd\ne', 'fg\n']) {
        buffer.set(new TextEncoder().encode(text))
        yield buffer
      }
    }
    expect(await split(reused())).toEqual([
      { number: 1, text: 'abcd' },
      { number: 2, text: 'efg' },
    ])
  })

  it('passes over a byte order mark and padding with zeros', async () => {
    expect(await split(new Uint8Array([0xef, 0xbb, 0xbf, 0x61, 0x0a, 0, 0, 0x62, 0x0a, 0, 0, 0x0a]))).toEqual([
      { number: 1, text: 'a' },
      { number: 2, text: 'b' },
    ])
  })

  it('reports lines that are not UTF-8 or too long, and goes on', async () => {
    expect(await split([new Uint8Array([0xc3, 0x28, 0x0a]), 'x'.repeat(600), `${'x'.repeat(600)}\nok\n`])).toEqual([
      { number: 1, text: undefined, reason: 'not UTF-8' },
      { number: 2, text: undefined, reason: 'longer than 1000 bytes' },
      { number: 3, text: 'ok' },
    ])
  })

  it('passes on what the input throws', async () => {
    function* breaking(): Generator<string> {
      yield 'a\n'
      throw new Error('broken')
    }
    await expect(split(breaking())).rejects.toThrow('broken')
  })
})
