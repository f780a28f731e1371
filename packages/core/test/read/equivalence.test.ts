import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import { findFault } from '../../src/read/fault.ts'
import { readJson } from '../../src/read/index.ts'
import { utf8Of } from '../../src/read/scratch.ts'
import { countStrings, countValueStrings } from '../../src/read/survey.ts'
import { mutants } from './mutants.ts'

const MUTANTS = 24_000

const nativeAccepts = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** The fast way, from bytes and from text, against the exact way alone; the code the exact way gives. */
const compare = (text: string): string => {
  const fault = findFault(text, 128)
  if (fault === undefined || !['json.syntax', 'json.empty', 'json.trailing', 'json.depth'].includes(fault.code)) {
    // A later fault of grammar is possible, so only the absence of every fault says that it is JSON.
    if (fault === undefined) expect(nativeAccepts(text)).toBe(true)
  } else if (fault.code !== 'json.depth') expect(nativeAccepts(text)).toBe(false)
  const inputs = text.isWellFormed() ? [text, new TextEncoder().encode(text)] : [text]
  for (const input of inputs) {
    const result = readJson(input)
    const code = result.ok ? 'accept' : result.finding.code
    // A byte order mark is seen before the text is looked at.
    if (code !== 'json.bom') expect(code).toBe(fault?.code ?? 'accept')
    // What has no fault is settled by counting alone: the exact way is never needed, only slower.
    if (result.ok) expect(countStrings(utf8Of(text)!)).toBe(countValueStrings(result.value, 128))
  }
  return fault?.code ?? 'accept'
}

it(`agrees on ${MUTANTS} damaged records`, () => {
  const seen = new Map<string, number>()
  for (const text of mutants(20_261_120, MUTANTS)) {
    const code = compare(text)
    seen.set(code, (seen.get(code) ?? 0) + 1)
  }
  // Every outcome a damaged record can have must really have been compared.
  for (const code of ['accept', 'syntax', 'duplicate_name', 'lone_surrogate', 'number_range', 'depth', 'trailing']) {
    expect(seen.get(code === 'accept' ? code : `json.${code}`) ?? 0, code).toBeGreaterThan(50)
  }
})

it('agrees on arbitrary JSON, however it is spaced', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(undefined, 1, '\t', ' \n'), (value, space) => {
      const text = JSON.stringify(value, null, space)
      compare(text)
      const result = readJson(text)
      if (result.ok) expect(JSON.stringify(result.value)).toBe(JSON.stringify(value))
    }),
    { numRuns: 2000 },
  )
})

it('agrees on texts made of the pieces of JSON', () => {
  const piece = fc.constantFrom(
    ...['{', '}', '[', ']', ',', ':', '"a":', '"b":', '"\\u0061":', '"a"', '""', '"\\""', '"\\\\"', '":"', '1', '-0'],
    ...['1e400', '9007199254740993', 'true', 'null', ' ', '\n', '"\\ud800"', '"\\ud83d\\ude00"', '"\ud800"', '"é語🚀"'],
  )
  // Random pieces seldom fit; an object of random members nearly always does.
  const member = fc.tuple(fc.constantFrom('"a"', '"b"', '"\\u0061"', '"\\"a"', '"__proto__"', '"1"', '""'), piece)
  const object = fc.array(member, { maxLength: 6 }).map((members) => `{${members.map((m) => m.join(':')).join(',')}}`)
  const text = fc.oneof(
    fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
    object,
    fc.array(object, { maxLength: 4 }).map((objects) => `[${objects.join(',')}]`),
  )
  fc.assert(
    fc.property(text, (each) => void compare(each)),
    { numRuns: 10_000 },
  )
})

it('counts as many quotes as there are', () => {
  // Strings of every short length put the quotes at every place of a word, for longer than a lane can count.
  for (let length = 0; length < 9; length++) {
    for (const c of ['a', '\\"', '\\\\', '\\u0022', 'é']) {
      const text = `[${Array.from({ length: 3000 }, () => `"${c.repeat(length)}"`).join(',')}]`
      expect(compare(text)).toBe('accept')
      for (let shift = 0; shift < 4; shift++) {
        const bytes = new TextEncoder().encode(' '.repeat(shift) + text).subarray(shift)
        expect(countStrings(bytes)).toBe(3000)
      }
    }
  }
})

it('counts quotes and escapes at the very end', () => {
  for (const text of ['"\\""', '"a\\""', '"ab\\""', '"abc\\""', '["\\""]', '["\\\\"]', '["\\u0022"]', '""', '7']) {
    for (let shift = 0; shift < 4; shift++) {
      const bytes = new TextEncoder().encode(' '.repeat(shift) + text).subarray(shift)
      expect(countStrings(bytes), text).toBe(countValueStrings(JSON.parse(text), 128))
    }
  }
})

it('refuses every beginning of a record as cut off', () => {
  const text = '{"a":[1,-2.5e-3,"x\\u00e9\\ud83d\\ude80é\\n",true,null,{"b":{}}],"c":[]}\n'
  for (let end = 0; end < text.length - 1; end++) {
    const result = readJson(text.slice(0, end))
    expect(result.ok ? 'accept' : result.finding.code).toBe(end === 0 ? 'json.empty' : 'json.syntax')
    if (!result.ok && end > 0) expect(result.finding.message).toContain('the end of the text in the middle of')
  }
})

it.skipIf(!tool('python3'))('agrees with an independent reader about damaged bytes', () => {
  const encoder = new TextEncoder()
  const inputs = [...mutants(7, 4000)]
    .filter((text) => text.isWellFormed())
    .map((text, i) => {
      const bytes = encoder.encode(text)
      if (i % 5 === 0) bytes[(i * 7919) % bytes.length] = i % 256
      return bytes
    })
  const program = fileURLToPath(new URL('../../../../conformance/crosscheck/bytes.py', import.meta.url))
  const { stdout, status } = spawnSync(tool('python3')!, [program, '--read'], {
    input: inputs.map((bytes) => Buffer.from(bytes).toString('hex')).join('\n'),
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  })
  expect(status).toBe(0)
  // Which fault comes first is this reader's own affair; whether there is one is not.
  const theirs = stdout
    .trim()
    .split('\n')
    .map((code) => code === 'accept')
  const ours = inputs.map((bytes) => readJson(bytes).ok)
  expect(ours).toEqual(theirs)
  expect(new Set(ours).size).toBe(2)
})
