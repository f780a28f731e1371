import fc from 'fast-check'
import { expect, test } from 'vitest'
import { matchesEtag } from '../../src/app/etag.ts'
import { createTokens } from '../../src/app/token.ts'
import { runIdFault } from '../../src/receive/run-id.ts'
import { type Line, splitLines } from '../../src/receive/split-lines.ts'
import { seed } from '../seed.ts'

const tokens = createTokens(new Uint8Array(32).fill(7))

test('a token opens for its tenant and purpose, and for nothing else', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string({ unit: 'binary' }), (tenant, purpose, payload) => {
      const text = payload.toWellFormed?.() ?? payload
      const token = tokens.seal(tenant, purpose, text)
      expect(token).toMatch(/^[\w-]+$/)
      expect(tokens.open(tenant, purpose, token)).toBe(text)
      expect(tokens.open(`${tenant}x`, purpose, token)).toBeUndefined()
      expect(tokens.open(tenant, `${purpose}x`, token)).toBeUndefined()
      expect(createTokens(new Uint8Array(32)).open(tenant, purpose, token)).toBeUndefined()
    }),
    { seed },
  )
  // Tenant and purpose cannot be shifted into one another.
  expect(tokens.open('a', 'bc', tokens.seal('ab', 'c', 'x'))).toBeUndefined()
})

test('an altered token does not open, not even in another spelling of the same octets', () => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const token = tokens.seal('t', 'p', 'payload')
  for (let at = 0; at < token.length; at++)
    for (const character of alphabet) {
      const altered = token.slice(0, at) + character + token.slice(at + 1)
      if (altered !== token) expect(tokens.open('t', 'p', altered)).toBeUndefined()
    }
  for (const text of ['', token.slice(0, -1), `${token}A`, `${token}=`, ` ${token}`, 'ä', 'A'.repeat(100_000)])
    expect(tokens.open('t', 'p', text)).toBeUndefined()
})

const linesOf = async (chunks: readonly Buffer[], longest: number): Promise<Line[]> => {
  const lines: Line[] = []
  const source = (async function* () {
    yield* chunks
  })()
  for await (const line of splitLines(source, longest)) lines.push(line)
  return lines
}

test('lines are the same, however they are cut into chunks', async () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'ä', '\n', '\r'), maxLength: 60 })
  await fc.assert(
    fc.asyncProperty(text, fc.array(fc.nat(5), { maxLength: 60 }), async (content, cuts) => {
      const whole = Buffer.from(content)
      const chunks: Buffer[] = []
      let at = 0
      for (const cut of cuts) {
        chunks.push(whole.subarray(at, at + cut))
        at = Math.min(whole.length, at + cut)
      }
      chunks.push(whole.subarray(at))
      const expected = content.split('\n')
      if (expected.at(-1) === '') expected.pop()
      const found = (await linesOf(chunks, 1000)).map((line) =>
        'octets' in line ? line.octets.toString() : 'too long',
      )
      expect(found).toEqual(expected)
    }),
    { seed },
  )
})

test('a line that is too long is counted, not held', async () => {
  const lines = await linesOf([Buffer.from('aaaa'), Buffer.from('aaaa\nbbb\ncccc'), Buffer.from('cc')], 5)
  expect(lines).toEqual([{ tooLong: 8 }, { octets: Buffer.from('bbb') }, { tooLong: 6 }])
})

test('entity tags', () => {
  expect(matchesEtag('"a"', 'a')).toBe(true)
  expect(matchesEtag('"b", W/"a"', 'a')).toBe(true)
  expect(matchesEtag(' * ', 'a')).toBe(true)
  for (const header of ['a', '"A"', '"ab"', '', '"']) expect(matchesEtag(header, 'a')).toBe(false)
})

test('ids are counted in code points', () => {
  expect(runIdFault('😀'.repeat(256))).toBeUndefined()
  expect(runIdFault('😀'.repeat(257))).toBeDefined()
  for (const id of ['', '.', '..', '\u0000', 'a\u007f', '\u0085']) expect(runIdFault(id)).toBeDefined()
  for (const id of ['...', ' ', '/', 'a'.repeat(256)]) expect(runIdFault(id)).toBeUndefined()
})
