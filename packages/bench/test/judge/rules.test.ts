import type { BenchCriterion } from '@agent-run/types'
import { describe, expect, it } from 'vitest'
import { checkCriteria } from '../../src/judge/index.ts'
import { shown } from '../../src/judge/words.ts'
import { compileGlob } from '../../src/matching/glob.ts'
import { inTime } from '../../src/matching/in-time.ts'
import { fitsTool } from '../../src/matching/tool-names.ts'

describe('patterns of paths', () => {
  it.each([
    ['src/a.js', 'src/a.js', true],
    ['./src/a.js', 'src/a.js', true],
    ['src/*.js', 'src/a.js', true],
    ['src/*.js', 'src/deep/a.js', false],
    ['src/?.js', 'src/a.js', true],
    ['src/?.js', 'src/ab.js', false],
    ['src/**', 'src/deep/a.js', true],
    ['src/**', 'src', false],
    ['src/**', 'srcs/a.js', false],
    ['**', '.hidden', true],
    ['**/*.js', 'a.js', true],
    ['**/*.js', 'a/b/c.js', true],
    ['a/**/z', 'a/z', true],
    ['a/**/m/**/z', 'a/b/m/c/d/z', true],
    ['a/**/m/**/z', 'a/b/c/d/z', false],
    ['*', 'a/b', false],
    ['[id].js', 'i.js', false],
    ['[id].js', '[id].js', true],
    ['a.js', 'aXjs', false],
    ['?', '\u{1f600}', true],
  ])('%s and %s: %s', (pattern, path, fits) => {
    expect(compileGlob(pattern)(path)).toBe(fits)
  })
})

describe('names of tools', () => {
  it.each([
    ['deploy', 'deploy', true],
    ['deploy', 'mcp__bench__deploy', true],
    ['deploy', 'bench.deploy', true],
    ['deploy', 'bench/deploy', true],
    ['deploy', 'bench:deploy', true],
    ['deploy', 'redeploy', false],
    ['deploy', 'deploy_all', false],
    ['deploy*', 'deploy_all', true],
    ['read_file', 'mcp__fs__read_file', true],
    ['read_file', 'mcp__a__b__read_file', false],
    ['b__read_file', 'mcp__a__b__read_file', true],
    ['', 'deploy', false],
  ])('%s and %s: %s', (name, tool, fits) => {
    expect(fitsTool([name], tool)).toBe(fits)
  })
})

describe('time', () => {
  it('ends expressions that backtrack for ever, and lets others through', () => {
    expect(inTime(() => /^(a+)+$/.test(`${'a'.repeat(60)}!`), 100)).toBeUndefined()
    expect(inTime(() => /^a+$/.test('aaa'), 5_000)).toEqual({ value: true })
    expect(inTime(() => undefined, 5_000)).toEqual({ value: undefined })
    const endless = (): number => endless() + 1
    expect(inTime(endless, 5_000)).toBeUndefined()
    expect(() => inTime(() => (undefined as unknown as () => void)(), 5_000)).toThrow(TypeError)
  })
})

describe('words', () => {
  it('are one safe line of bounded length', () => {
    expect(shown('a\u001b]0;x\u0007\r\nb\u202e\u200b')).toBe('a\\u001b]0;x\\u0007\\u000d\\u000ab\\u202e\\u200b')
    expect(Array.from(shown('\u{1f600}'.repeat(1000)))).toHaveLength(80)
  })
})

describe('criteria of a pack', () => {
  const check = (criterion: Partial<BenchCriterion>): string[] =>
    checkCriteria([{ name: 'rule', kind: 'file', ...criterion }], '/criteria').map(
      ({ path, message }) => `${path}: ${message}`,
    )

  it.each<[Partial<BenchCriterion>]>([
    [{ path: 'src/**/*.js', state: 'changed', contains: ['x'], weight: 2, description: 'Why.' }],
    [{ kind: 'tree', changed_only: [] }],
    [{ kind: 'json', of: 'output', schema: {} }],
    [{ kind: 'command', command: ['true'], restore: ['test/**'] }],
    [{ kind: 'text', path: 'a', lacks: ['x'] }],
    [{ kind: 'steps', where: { target: '^a' }, max: 0 }],
    [{ kind: 'calls', preceded_by: { tool_name: ['a'], arguments: {} }, approved: true }],
    [{ kind: 'approvals' }],
    [{ kind: 'cost', max_usd: 0 }],
    [{ kind: 'time', max_ms: 1 }],
    [{ kind: 'record', level: 'sealed', names_calls: true }],
  ])('%j is right', (criterion) => {
    expect(check(criterion)).toEqual([])
  })

  it.each<[Partial<BenchCriterion>, string]>([
    [{}, '/criteria/0: a criterion of the kind file needs path'],
    [{ path: 'a', schema: {} }, '/criteria/0/schema: is no member of the kind file, but of json'],
    [
      { kind: 'json', path: 'a', of: 'stdout', schema: {} },
      '/criteria/0/of: stands beside path; expected one of the two',
    ],
    [{ kind: 'json', of: 'stdout' }, '/criteria/0: a criterion of the kind json needs schema'],
    [
      { kind: 'text', of: 'stdout' },
      '/criteria/0: a criterion of the kind text needs contains or lacks or matches or not_matches',
    ],
    [{ path: '../a' }, '/criteria/0/path: is no path in the workspace; expected names with "/" between them'],
    [{ path: '/etc/passwd' }, '/criteria/0/path: is no path in the workspace; expected names with "/" between them'],
    [
      { kind: 'tree', changed_only: ['a', 'b\\c'] },
      '/criteria/0/changed_only/1: is no path in the workspace; expected names with "/" between them',
    ],
    [
      { kind: 'command', command: ['a'], restore: ['../x'] },
      '/criteria/0/restore/0: is no path in the workspace; expected names with "/" between them',
    ],
    [
      { path: 'a', matches: '(' },
      '/criteria/0/matches: is no regular expression: Invalid regular expression: /(/mu: Unterminated group',
    ],
    [
      { kind: 'steps', where: { target: '[' } },
      expect.stringContaining('/criteria/0/where/target: is no regular expression') as never,
    ],
    [
      { kind: 'json', of: 'stdout', schema: { type: 'text' } },
      expect.stringContaining('/criteria/0/schema: is no JSON Schema') as never,
    ],
    [
      { kind: 'calls', arguments: { $ref: 'https://example.org/x.json' } },
      expect.stringContaining('/criteria/0/arguments: is no JSON Schema') as never,
    ],
    [
      { path: 'a', state: 'absent', contains: ['x'] },
      '/criteria/0/state: a file that is absent has no content; expected nothing said about it',
    ],
    [{ kind: 'steps', min: 2, max: 1 }, '/criteria/0/min: is more than max'],
    [{ kind: 'calls', approved: false }, '/criteria/0/approved: false says nothing; expected true, or to be left out'],
    [
      { kind: 'record', names_changes: false },
      '/criteria/0/names_changes: false says nothing; expected true, or to be left out',
    ],
    [
      { kind: 'steps', where: { arguments: {} } },
      '/criteria/0: steps hold no arguments; expected the kind calls for that',
    ],
    [
      { kind: 'calls', preceded_by: { type: ['tool_call'] } },
      '/criteria/0/preceded_by: of a call only tool_name and arguments are known',
    ],
    [
      { kind: 'cost' },
      '/criteria/0: a criterion of the kind cost needs max_usd or max_total_tokens or max_output_tokens',
    ],
  ])('%j is not', (criterion, fault) => {
    expect(check(criterion)).toEqual([fault])
  })

  it('is not misled by names that every object has', () => {
    expect(check({ path: 'a', constructor: 1, toString: 2 } as never)).toEqual([])
    const hostile = JSON.parse('{"name":"rule","kind":"time","max_ms":1,"__proto__":{"path":"/x"}}') as BenchCriterion
    expect(checkCriteria([hostile], '')).toEqual([])
  })
})
