import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  argumentsHash,
  createDigest,
  digest,
  hash,
  mediaType,
  sha256,
  sha256Hex,
  textArgumentsHash,
} from '../../src/hash/index.ts'
import { engine as node } from '../../src/hash/sha256-node.ts'
import { engine as portable } from '../../src/hash/sha256-portable.ts'

describe('node:crypto and the portable engine', () => {
  it('agree on bytes of every length around a block, and on text', () => {
    const data = [
      ...Array.from({ length: 200 }, (_, length) => new Uint8Array(length).fill(length)),
      ...['', 'abc', 'é', '語🚀', '\u0000', '\ud800', 'a\udc00b'],
    ]
    for (const each of data) {
      expect(portable.hex(each)).toBe(node.hex(each))
      expect(portable.bytes(each)).toEqual(node.bytes(each))
    }
  })

  it('agree on arbitrary bytes, in one piece and in several', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 5 }), (pieces) => {
        const whole = new Uint8Array(Buffer.concat(pieces))
        for (const engine of [node, portable]) {
          const growing = engine.start()
          for (const piece of pieces) growing.update(piece)
          expect(growing.hex()).toBe(node.hex(whole))
        }
      }),
    )
  })

  it('return plain bytes', () => {
    for (const engine of [node, portable]) {
      expect(Object.getPrototypeOf(engine.bytes('abc'))).toBe(Uint8Array.prototype)
      expect(engine.bytes('abc')).toHaveLength(32)
    }
  })
})

it('digests text as UTF-8 and bytes as they are', () => {
  const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' // FIPS 180-4
  expect(digest('abc')).toBe(`sha256:${abc}`)
  expect(sha256Hex(new Uint8Array([0x61, 0x62, 0x63]))).toBe(abc)
  expect(Buffer.from(sha256('abc')).toString('hex')).toBe(abc)
  expect(digest('é')).toBe(digest(new Uint8Array([0xc3, 0xa9])))
})

it('digests content that arrives in pieces', () => {
  const stream = createDigest()
  for (const piece of ['a', '', 'bc']) stream.update(new TextEncoder().encode(piece))
  expect(stream.digest()).toBe(digest('abc'))
})

it('hashes arguments with the salt of their step', () => {
  const salt = '5a'.repeat(32)
  expect(argumentsHash({ b: 1, a: 2 }, salt)).toBe(hash('arguments', { arguments: { a: 2, b: 1 }, salt }))
  expect(argumentsHash({}, null)).toBe(hash('arguments', { arguments: {}, salt: null }))
  expect(textArgumentsHash('{"a":1e400}', null)).toBe(hash('arguments', { text: '{"a":1e400}', salt: null }))
  expect(textArgumentsHash('{}', null)).not.toBe(argumentsHash({}, null))
})

it('names the media type of a kind', () => {
  expect(mediaType('run-inputs')).toBe('application/vnd.agent-run.run-inputs.v1+json')
})
