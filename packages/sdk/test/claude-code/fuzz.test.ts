import { validate } from '@agent-run/core/validate'
import { describe, expect, it } from 'vitest'
import { convertClaudeCode } from '../../src/adapters/claude-code/index.ts'
import { richSession } from './rich-session.ts'

/** Mutated sessions: a few on every run, many on request. */
const rounds = process.env.AGENT_RUN_LONG ? 20_000 : 500

/** A small generator of numbers, the same for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const hostileValues: readonly unknown[] = [
  null,
  0,
  -1,
  1.5,
  1e308,
  2 ** 60,
  '',
  'x',
  '../../etc/passwd',
  '\u001b[31m',
  '\ud800',
  '2026-02-30T00:00:00Z',
  '2026-11-20T14:00:00+14:00',
  '0000-01-01T00:00:00Z',
  [],
  [null],
  ['x', [1]],
  {},
  { type: 'text' },
  true,
  '__proto__',
  '<synthetic>',
  '[Request interrupted by user]',
  [{ type: 'tool_result' }],
  [{ type: 'tool_use', id: 'x', name: 'Bash', input: '{"command":"rm -rf /"}' }],
  'agent',
  'x'.repeat(3000),
]

type Path = (string | number)[]

/** Every place in a value. */
function placesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([key, member]) => placesOf(member, [...path, key]))]
}

function replaceAt(value: unknown, path: Path, by: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return by
  if (Array.isArray(value))
    return value.map((member, at) => (String(at) === String(key) ? replaceAt(member, rest, by) : member))
  return { ...(value as object), [key]: replaceAt((value as Record<string, unknown>)[key], rest, by) }
}

/** One mutation of the lines of a file. */
function mutate(lines: readonly string[], random: () => number): string[] {
  const at = Math.floor(random() * lines.length)
  const other = Math.floor(random() * lines.length)
  const line = lines[at] ?? ''
  switch (Math.floor(random() * 8)) {
    case 0:
      return lines.filter((_, index) => index !== at)
    case 1:
      return [...lines.slice(0, other), line, ...lines.slice(other)]
    case 2:
      return lines.map((text, index) => (index === at ? (lines[other] ?? '') : index === other ? line : text))
    case 3:
      return lines.map((text, index) => (index === at ? text.slice(0, Math.floor(random() * text.length)) : text))
    case 4:
      return lines.slice(0, at)
    default: {
      const value: unknown = JSON.parse(line.startsWith('{') && line.endsWith('}') ? line : '{}')
      const places = placesOf(value)
      const place = places[Math.floor(random() * places.length)] ?? []
      const by = hostileValues[Math.floor(random() * hostileValues.length)]
      return lines.map((text, index) => (index === at ? JSON.stringify(replaceAt(value, place, by)) : text))
    }
  }
}

const safely = (lines: string[], random: () => number): string[] => {
  try {
    return mutate(lines, random)
  } catch {
    return lines
  }
}

describe('mutated transcripts', () => {
  it('never throws, keeps every run valid and accounts for every line', async () => {
    const files = richSession()
    const faults: string[] = []
    for (let seed = 1; seed <= rounds; seed++) {
      const random = seeded(seed)
      const mutated = files.map(({ name, lines }) => {
        let current = [...lines]
        for (let count = Math.floor(random() * 6); count >= 0; count--) current = safely(current, random)
        return { name, content: current.map((line) => `${line}\n`).join('') }
      })
      const { runs, report } = await convertClaudeCode(mutated)
      for (const run of runs) {
        const { findings } = validate(JSON.stringify(run))
        for (const { severity, code, path } of findings) faults.push(`seed ${seed}: ${severity} ${code} at ${path}`)
      }
      if (new Set(runs.map(({ id }) => id)).size !== runs.length) faults.push(`seed ${seed}: run ids repeat`)
      for (const { name, lines } of report.files) {
        if (lines.read !== lines.mapped + lines.skipped + lines.malformed)
          faults.push(`seed ${seed}: lines of ${name} do not add up`)
      }
      if (report.ok !== runs.length > 0) faults.push(`seed ${seed}: ok is ${report.ok} with ${runs.length} runs`)
    }
    expect(faults).toEqual([])
  })
})
