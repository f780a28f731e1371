// What every adapter must stand: shapes that no writer of its format would produce, and secrets anywhere.

import { validate } from '@agent-run/core'
import { expect, it } from 'vitest'
import type { Adapter } from '../../src/conversion/adapter.ts'
import { asObject } from '../../src/conversion/json.ts'
import type { Conversion } from '../../src/conversion/report.ts'

/** An input of a format, as text. */
export interface Example {
  readonly name: string
  readonly text: string
}

/** A generator of numbers in [0, 1) that gives the same ones for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

let deep: unknown = 'deep'
for (let depth = 0; depth < 900; depth++) deep = depth % 2 === 0 ? [deep] : { deep }

/** Values that stand where others are expected. */
const odd: readonly unknown[] = [
  null,
  true,
  '',
  ' ',
  0,
  -1,
  1.5,
  1e308,
  2 ** 53,
  [],
  {},
  [null],
  [[[]]],
  { type: null },
  '../../etc/passwd',
  '__proto__',
  'constructor',
  'toString',
  '\u0000\u001b[31m\u202eabc',
  '\ud800',
  'x'.repeat(5000),
  '{"a":',
  '{"command":"rm -rf /"}',
  { toString: 1, valueOf: 1 },
  '2026-02-30T25:61:00Z',
  '9999-12-31T23:59:59.999999999Z',
  deep,
]

/** A copy in which some values are something else, are missing, or stand twice. */
function mutate(value: unknown, random: () => number, rate: number): unknown {
  if (random() < rate) return odd[Math.floor(random() * odd.length)]
  if (Array.isArray(value)) {
    const list = value.flatMap((entry): unknown[] => {
      const chance = random()
      const changed = mutate(entry, random, rate)
      return chance < rate / 2 ? [] : chance < rate ? [changed, changed] : [changed]
    })
    return random() < rate ? list.reverse() : list
  }
  const json = asObject(value)
  if (!json) return value
  const members = Object.entries(json).filter(() => random() >= rate / 2)
  if (random() < rate / 4) members.push(['__proto__', { polluted: true }], ['constructor', 'x'])
  const result: Record<string, unknown> = Object.create(null)
  for (const [name, member] of members) result[name] = mutate(member, random, rate)
  return { ...result }
}

const values = ({ text }: Example): { readonly list: readonly unknown[]; readonly isLines: boolean } => {
  try {
    return { list: [JSON.parse(text)], isLines: false }
  } catch {
    return {
      list: text
        .trim()
        .split('\n')
        .flatMap((line) => (line.trim() ? [JSON.parse(line) as unknown] : [])),
      isLines: true,
    }
  }
}

const broken = ['not json', '[1,2', '"text"', '42', 'null', '[]', '{"cut":"of', '\u0000\u0000']

/** Fails unless every run is valid and no run was found means `convert.no_turns`. */
export function expectSound({ runs, report }: Conversion, about: string): void {
  for (const run of runs) {
    const errors = validate(new TextEncoder().encode(JSON.stringify(run))).findings.filter(
      ({ severity }) => severity === 'error',
    )
    expect({ about, errors }).toEqual({ about, errors: [] })
  }
  expect({ about, none: report.findings.some(({ code }) => code === 'convert.no_turns') }).toEqual({
    about,
    none: runs.length === 0,
  })
  // A text can be read to its end: what breaks off is a fault of the adapter.
  expect({ about, broken: report.findings.some(({ code }) => code === 'convert.unreadable') }).toEqual({
    about,
    broken: false,
  })
  for (const file of report.files) {
    const { read, mapped, skipped, malformed } = file.lines
    expect({ about, file: file.name, sum: mapped + skipped + malformed }).toEqual({ about, file: file.name, sum: read })
  }
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
}

/**
 * Tests that an adapter stands mutated inputs: it never throws, its records are valid, every line is accounted for.
 * @param rounds mutations of each example
 */
export function standsHostileShapes(adapter: Adapter, examples: () => readonly Example[], rounds = 60): void {
  it(`stands hostile shapes (seeds 1 to ${rounds})`, async () => {
    expect(examples().length).toBeGreaterThan(0)
    for (const example of examples()) {
      const { list, isLines } = values(example)
      for (let seed = 1; seed <= rounds; seed++) {
        const random = randomFrom(seed)
        const rate = [0.002, 0.01, 0.05, 0.2][seed % 4]!
        const lines = list.map((value) => JSON.stringify(mutate(value, random, rate)) ?? 'null')
        if (isLines && random() < 0.5)
          lines.splice(Math.floor(random() * lines.length), 0, broken[seed % broken.length]!)
        let text = lines.join('\n')
        if (random() < 0.2) text = text.slice(0, Math.floor(text.length * random()))
        const about = `${adapter.format} ${example.name} seed ${seed}`
        expectSound(await adapter.convert([{ name: example.name, content: text }]), about)
      }
    }
  })
}

/** A secret of a known shape. */
const secret = `ghp_${'a1B2'.repeat(9)}`

/** Every text in a value with a secret in it, except those that a test names: without them the format is not recognised. */
function plant(value: unknown, keep: RegExp, name = ''): unknown {
  if (typeof value === 'string') return keep.test(name) || keep.test(value) ? value : `${value} ${secret}`
  if (Array.isArray(value)) return value.map((entry) => plant(entry, keep, name))
  const json = asObject(value)
  if (!json) return value
  return {
    ...Object.fromEntries(Object.entries(json).map(([member, own]) => [member, plant(own, keep, member)])),
    [`a ${secret}`]: 'named by a secret',
  }
}

/**
 * Tests that a secret of a known shape, planted in every text of an input and as a name in every object, stands in no record and no report.
 * @param keep names and values that stay as they are, since the format rests on them: types, roles, times, ids
 */
export function keepsSecretsOut(adapter: Adapter, examples: () => readonly Example[], keep: RegExp): void {
  it('keeps secrets out of records and reports', async () => {
    let runs = 0
    for (const example of examples()) {
      const text = values(example)
        .list.map((value) => JSON.stringify(plant(value, keep)))
        .join('\n')
      expect(text).toContain(secret)
      const conversion = await adapter.convert([{ name: example.name, content: text }])
      runs += conversion.runs.length
      expect(JSON.stringify(conversion).includes(secret) ? example.name : '').toBe('')
    }
    expect(runs).toBeGreaterThan(0)
  })
}

/** Tests that importing twice gives the same bytes. */
export function isDeterministic(adapter: Adapter, examples: () => readonly Example[]): void {
  it('gives the same bytes twice', async () => {
    for (const { name, text } of examples()) {
      const once = await adapter.convert([{ name, content: text }])
      const twice = await adapter.convert([{ name, content: [new TextEncoder().encode(text)] }])
      expect(JSON.stringify(twice)).toBe(JSON.stringify(once))
    }
  })
}
