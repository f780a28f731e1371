import { describe, expect, it } from 'vitest'
import { compareReports } from '../../src/compare/index.ts'
import { compareFormats, renderComparison } from '../../src/compare/render.ts'
import { leaderboardFormats, renderLeaderboard } from '../../src/leaderboard/index.ts'
import { renderReport, reportFormats } from '../../src/report/index.ts'
import { criterion, HOSTILE, report, trial } from './reports.ts'

const whole = report([
  trial({ scenario: 'one', repeat: 1 }),
  trial({
    scenario: 'one',
    repeat: 2,
    pass: false,
    criteria: [criterion('a', false, 'b')],
    more: { violations: [{ rule: 'c', message: 'd' }], regression_from: 'e', signal: 'f', ended: 'signal' },
  }),
])

/** Members whose values are of a closed vocabulary, which no reader of a report lets through otherwise. */
const CLOSED = new Set(['report', 'ended', 'digest'])

/** The same value with every text in it hostile. */
const poisoned = <T>(value: T): T => {
  if (typeof value === 'string') return `${value} ${HOSTILE}` as T
  if (Array.isArray(value)) return value.map(poisoned) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, CLOSED.has(name) ? member : poisoned(member)]),
  ) as T
}

const bad = poisoned(whole)
const compared = compareReports(
  { name: HOSTILE, report: poisoned(report([trial({ scenario: 'one' })])) },
  { name: HOSTILE, report: bad },
)
const board = {
  by: 'model' as const,
  groups: [{ benchmark_id: HOSTILE, group: HOSTILE, runs: 2, passed: 1, cost_known: 0, duration_known: 0 }],
}
const narrow = { color: false, width: 60 }
const proof = { commands: [['agent-run', 'verify', HOSTILE]], remarks: [], problems: [] }

const outputs: readonly (readonly [string, string, string])[] = [
  ...reportFormats.map(
    (format) => ['report', format, renderReport(format, bad, { folder: HOSTILE, proof }, narrow)] as const,
  ),
  ...compareFormats.map((format) => ['comparison', format, renderComparison(format, compared, narrow)] as const),
  ...leaderboardFormats.map((format) => ['leaderboard', format, renderLeaderboard(format, board, narrow)] as const),
]

describe('hostile texts in every field', () => {
  it.each(outputs.map(([what, format, text]) => ({ what, format, text })))(
    '$what as $format: nothing that a terminal obeys or that hides',
    ({ text, what }) => {
      expect(text).not.toMatch(/[^\n\P{C}]|[\u2028\u2029]/u)
      if (what === 'report') expect(text).toMatch(/\\{1,2}u001b\\?\[31mred/)
    },
  )

  it.each(outputs.filter(([, format]) => format !== 'json').map(([what, format, text]) => ({ what, format, text })))(
    '$what as $format: no line is a command to a build server',
    ({ text }) => {
      expect(text).not.toMatch(/^\s*::/m)
      expect(text).not.toMatch(/##(vso)?\[/)
    },
  )

  it.each(outputs.filter(([, format]) => format === 'markdown').map(([what, , text]) => ({ what, text })))(
    '$what as Markdown: no markup, no link, no mention, no cell',
    ({ text }) => {
      const unescaped = text.replaceAll(/\\[\\`*_{}[\]<>|~$]/g, '')
      expect(unescaped).not.toMatch(/[<`[\]@]/)
      expect(unescaped).not.toContain('://')
      const rows = unescaped.split('\n').filter((line) => line.startsWith('|'))
      const columns = new Set(rows.map((line) => line.split('|').length))
      expect(columns.size).toBe(1)
    },
  )

  it('as HTML: every tag and attribute is the page’s own', () => {
    const page = renderReport('html', bad, undefined, narrow)
    const clean = renderReport('html', whole, undefined, narrow)
    const tags = (html: string): ReadonlySet<string> => new Set(html.match(/<\/?[a-z0-9]+/g))
    const attributes = (html: string): ReadonlySet<string> =>
      new Set(
        (html.replaceAll(/"[^"]*"/g, '""').match(/<[a-z][^>]*>/g) ?? []).flatMap(
          (tag) => tag.match(/\s[a-z-]+(?==)/gi) ?? [],
        ),
      )
    expect(tags(page)).toEqual(tags(clean))
    expect(attributes(page)).toEqual(attributes(clean))
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  })

  it('as JUnit: well-formed, and no failure ends early', () => {
    const xml = renderReport('junit', bad, undefined, narrow)
    expect(xml.match(/<[^?/][^>]*[^/]>/g)?.length).toBe(xml.match(/<\//g)?.length)
    expect(xml).not.toContain(']]>')
    expect(xml).not.toContain('<script')
  })

  it('as JSON: the same report', () => {
    expect(JSON.parse(renderReport('json', bad, undefined, narrow))).toEqual(bad)
  })
})

describe('the page', () => {
  it('fetches nothing and allows nothing but its own style sheet', () => {
    const page = renderReport('html', whole, undefined, narrow)
    expect(page).toMatch(
      /default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; base-uri 'none'; form-action 'none'/,
    )
    expect(page).not.toMatch(/<(script|link|img|iframe|object|form|a)\b|url\(|@import|\sstyle=|\son[a-z]+=/)
  })
})

describe('long texts', () => {
  it('are cut in every form but JSON', () => {
    const long = 'x'.repeat(200_000)
    const swollen = report(
      [trial({ scenario: 'one', pass: false, criteria: [criterion(long, false, long)], more: { agent_id: long } })],
      { command: [long] },
    )
    for (const format of reportFormats.filter((name) => name !== 'json'))
      expect(renderReport(format, swollen, undefined, narrow).length).toBeLessThan(40_000)
  })
})
