import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import {
  digest,
  type HashKind,
  hash,
  type PrivateKind,
  pae,
  privateHash,
  publicForm,
  type RunInputs,
  runHash,
  sha256,
  stepLeaf,
  type ToolDefinition,
  toolHash,
} from '../../src/hash/index.ts'
import { bytesOf, counted, vectorFiles, vectors } from '../vectors.ts'

interface Vector {
  readonly name: string
  readonly expect: string
}

const each = <T>(file: string): readonly (Vector & T)[] => vectors<Vector & T>('hash', file)

it('has the vectors that the manifest promises', () => {
  expect(counted('hash')).toEqual(vectorFiles('hash').manifest)
})

describe('digest', () => {
  it.each(each<{ input_hex: string }>('digest.json'))('$name', ({ input_hex, expect: expected }) => {
    const bytes = bytesOf(input_hex)
    expect(digest(bytes)).toBe(expected)
    expect(`sha256:${Buffer.from(sha256(bytes)).toString('hex')}`).toBe(expected)
  })
})

describe('pae', () => {
  it.each(each<{ type: string; body_hex: string }>('pae.json'))('$name', ({ type, body_hex, expect: expected }) => {
    expect(Buffer.from(pae(type, bytesOf(body_hex))).toString('hex')).toBe(expected)
  })
})

describe('hash', () => {
  const cases = each<{ kind: HashKind; input_text: string }>('hash.json')
  it.each(cases)('$name', ({ kind, input_text, expect: expected }) => {
    expect(hash(kind, JSON.parse(input_text))).toBe(expected)
  })

  it('differs for every kind', () => {
    const sameValue = cases.filter(({ input_text }) => input_text === '{"id":"x"}')
    expect(sameValue.length).toBe(13)
    expect(new Set(sameValue.map((vector) => vector.expect)).size).toBe(13)
  })
})

describe('toolHash', () => {
  it.each(each<{ tool: ToolDefinition }>('tool-hash.json'))('$name', ({ tool: definition, expect: expected }) => {
    expect(toolHash(definition)).toBe(expected)
  })
})

describe('runHash', () => {
  it.each(each<{ run: RunInputs }>('run-hash.json'))('$name', ({ run, expect: expected }) => {
    expect(expected).toMatch(/^[0-9a-f]{64}$/)
    expect(runHash(run)).toBe(expected)
  })
})

describe('stepLeaf', () => {
  const cases = each<{ step: object }>('step-leaf.json')
  it.each(cases)('$name', ({ step, expect: expected }) => {
    expect(stepLeaf(step)).toBe(expected)
  })

  it('is the same for a whole and for an erased step', () => {
    const leaf = (name: string): string | undefined => cases.find((vector) => vector.name === name)?.expect
    expect(leaf('whole step')).toMatch(/^sha256:/)
    expect(leaf('the same step, erased')).toBe(leaf('whole step'))
  })
})

describe('publicForm', () => {
  type Case = { kind: PrivateKind; object: object }
  it.each(each<Case>('public-form.json'))('$name', ({ kind, object, expect: expected }) => {
    const before = JSON.stringify(object)
    expect(publicForm(kind, object)).toEqual(expected)
    expect(publicForm(kind, publicForm(kind, object))).toEqual(expected)
    expect(JSON.stringify(object)).toBe(before)
  })

  it('leaves alone what has no shape of a record', () => {
    for (const steps of [null, 'text', 7, {}, [null, 'x', [1]]]) {
      expect(publicForm('run', { private_hash: 'sha256:…', error: 'gone', steps })).toEqual({
        private_hash: 'sha256:…',
        steps,
      })
    }
  })

  it('keeps a member called __proto__', () => {
    const step = JSON.parse('{"private_hash":"x","error":"gone","__proto__":{"a":1}}')
    expect(JSON.stringify(publicForm('step', step))).toBe('{"private_hash":"x","__proto__":{"a":1}}')
  })
})

describe('privateHash', () => {
  type Case = { kind: PrivateKind; object: object }
  it.each(each<Case>('private-hash.json'))('$name', ({ kind, object, expect: expected }) => {
    expect(privateHash(kind, object)).toBe(expected)
    expect(privateHash(kind, { ...object, private_hash: 'other', id: 'other' })).toBe(expected)
  })
})

it.skipIf(!tool('python3'))('are what the independent program computes', () => {
  const program = fileURLToPath(new URL('../../../../conformance/crosscheck/bytes.py', import.meta.url))
  const { status, stdout, stderr } = spawnSync(tool('python3')!, [program, '--check'], { encoding: 'utf8' })
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' })
})
