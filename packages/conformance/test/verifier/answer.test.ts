import { describe, expect, it } from 'vitest'
import { readAnswer, readDescription } from '../../src/verifier/answer.ts'

const line = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('a line of a harness', () => {
  it.each([
    ['{"id":1,"result":null}', { id: 1, kind: 'result', result: null }],
    [' {"result":{"a":"]"},"id":0,"more":1}', { id: 0, kind: 'result', result: { a: ']' } }],
    ['{"id":7,"unsupported":true}', { id: 7, kind: 'unsupported' }],
    ['{"id":7,"error":"\\u001b"}', { id: 7, kind: 'error' }],
    [`{"id":1,"result":${'['.repeat(150)}${']'.repeat(150)}}`, expect.objectContaining({ kind: 'result' })],
    [`{"id":1,"result":"${'[{'.repeat(500)}\\"["}`, expect.objectContaining({ kind: 'result' })],
  ])('%s is an answer', (text, answer) => {
    expect(readAnswer(line(text))).toEqual(answer)
  })

  const notJson = 'wrote a line to standard output that is not JSON; anything but answers goes to standard error'
  const noAnswer = 'wrote a line to standard output that is no answer: expected an object with the id of a request'
  const notOne = 'gave an answer without exactly one of result, unsupported and error'
  it.each([
    ['', notJson],
    ['Traceback (most recent call last):', notJson],
    ['\ufeff{"id":1,"result":1}', notJson],
    ['[1]', noAnswer],
    ['null', noAnswer],
    ['{"result":1}', noAnswer],
    ['{"id":"1","result":1}', noAnswer],
    ['{"id":1.5,"result":1}', noAnswer],
    ['{"id":1}', notOne],
    ['{"id":1,"result":1,"error":"x"}', notOne],
    ['{"id":1,"unsupported":"yes"}', 'gave an answer whose unsupported is not true'],
    [`{"id":1,"result":${'['.repeat(100_000)}`, 'wrote a line that is nested deeper than 160 levels'],
  ])('%j is none', (text, fault) => {
    expect(readAnswer(line(text))).toEqual({ fault })
  })

  it('is none if it is too long or not UTF-8', () => {
    expect(readAnswer(null)).toEqual({ fault: 'wrote a line of more than 1 MiB' })
    expect(readAnswer(Uint8Array.of(0x22, 0xff, 0x22))).toEqual({ fault: notJson })
  })
})

describe('what a harness says about itself', () => {
  const right = { harness: 1, name: 'mine', version: '1', level: 'sealed' }

  it('is read', () => {
    expect(readDescription(right)).toEqual({ name: 'mine', version: '1', level: 'sealed', ops: undefined })
    expect(readDescription({ ...right, ops: ['read'], homepage: 'x' })).toMatchObject({ ops: new Set(['read']) })
  })

  it.each([
    ['text', 'described itself with something that is no object'],
    [{ ...right, harness: 2 }, 'speaks another version of the harness protocol; expected "harness": 1'],
    [{ ...right, name: '' }, 'described itself without a name and a version of 1 to 100 characters'],
    [{ ...right, version: 1 }, 'described itself without a name and a version of 1 to 100 characters'],
    [{ ...right, name: 'x'.repeat(101) }, 'described itself without a name and a version of 1 to 100 characters'],
    [{ ...right, level: 'gold' }, 'declares no level; expected recorded, sealed or accountable'],
    [{ ...right, ops: 'all' }, 'declares ops that are no list of operations'],
    [{ ...right, ops: [1] }, 'declares ops that are no list of operations'],
  ])('%j is not', (description, fault) => {
    expect(readDescription(description)).toBe(fault)
  })
})
