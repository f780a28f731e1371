import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { renderHtml } from '../../src/render/index.ts'
import type { Report } from '../../src/suite/index.ts'
import { elementsOf } from './markup.ts'
import { goodReport, hostileReport, mixedReport, reportOf } from './reports.ts'

const TAGS = new Set(
  'html head meta title style body main header footer section h1 h2 h3 h4 p b em strong small span div dl dt dd ul li code pre time a details summary fieldset legend input label table thead tbody tr th td svg circle path rect'.split(
    ' ',
  ),
)
const ATTRIBUTES = new Set(
  'lang charset http-equiv content name class id for type checked open href datetime role scope aria-label aria-labelledby aria-hidden viewBox preserveAspectRatio fill stroke stroke-width stroke-linecap stroke-linejoin cx cy r d x width height'.split(
    ' ',
  ),
)

const textOf = (report: Report, name: string): readonly string[] =>
  elementsOf(renderHtml(report))
    .filter((element) => element.name === name)
    .map(({ text }) => text)

describe.each([
  ['good', goodReport()],
  ['mixed', mixedReport({ baseline: ['AR-HTTP-001', 'nonsense'] })],
  ['empty', reportOf([])],
  ['hostile', hostileReport()],
] as const)('the page of a report: %s', (_, report) => {
  const page = renderHtml(report)
  const elements = elementsOf(page)

  it('is well formed and has no element and no attribute but its own', () => {
    expect(elements.filter(({ name }) => !TAGS.has(name))).toEqual([])
    expect(
      elements.flatMap(({ attributes }) => Object.keys(attributes)).filter((name) => !ATTRIBUTES.has(name)),
    ).toEqual([])
  })

  it('a run that a baseline holds up is amber, and called that', () => {
    const page = renderHtml(mixedReport({ baseline: ['AR-HTTP-001', 'http/batch/batch_order', 'AR-HTTP-008'] }))
    expect(page).toContain('class="verdict card is-held"')
    expect(page).toContain('<p class="words">Held to a baseline: 1 of 5</p>')
    expect(page).not.toContain('card is-pass')
  })

  it('allows its own style sheet and nothing else', () => {
    const policy = elements.find(({ attributes }) => attributes['http-equiv'] === 'Content-Security-Policy')
    const style = elements.filter(({ name }) => name === 'style')
    expect(style).toHaveLength(1)
    const digest = createHash('sha256').update(style[0]!.text).digest('base64')
    expect(policy?.attributes.content).toBe(
      `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`,
    )
    expect(style[0]!.text).not.toMatch(/url\(|@import|@font-face/)
  })

  it('leads nowhere but to itself', () => {
    const ids = new Set(elements.flatMap(({ attributes }) => attributes.id ?? []))
    const links = elements.filter(({ name }) => name === 'a').map(({ attributes }) => attributes.href)
    expect(links.filter((href) => !href?.startsWith('#') || !ids.has(href.slice(1)))).toEqual([])
  })

  it('names each place once, and each label and heading that is named is there', () => {
    const ids = elements.flatMap(({ attributes }) => attributes.id ?? [])
    expect(ids).toEqual([...new Set(ids)])
    const named = elements.flatMap(({ attributes }) => [attributes['aria-labelledby'], attributes.for])
    expect(named.filter((id) => id !== undefined && !ids.includes(id))).toEqual([])
  })

  it('has a row for each sentence', () => {
    expect(elements.filter(({ name, parents }) => name === 'tr' && parents.includes('tbody'))).toHaveLength(
      report.requirements.length,
    )
  })
})

describe('the page', () => {
  it('says who was tested, with what, when, and how it came out', () => {
    expect(textOf(mixedReport(), 'h1')).toEqual(['my-server 0.4'])
    expect(textOf(mixedReport(), 'title')).toEqual(['my-server 0.4: not compliant with the server profile 1.0'])
    expect(textOf(mixedReport(), 'dd')).toEqual([
      '2026-11-20 14:00 UTC, 21 s',
      '1.0, level as declared',
      '@agent-run/conformance 1.2.3',
      '7f3a',
      'core, batch',
      `sha256:${'0'.repeat(64)}`,
    ])
    expect(textOf(mixedReport(), 'h2')).toEqual([
      'Capabilities',
      'Not kept2',
      'Warnings1',
      'Not tested1',
      'All requirements6',
    ])
  })

  it('shows what fails unfolded, with what was found and how to see it again', () => {
    const details = elementsOf(renderHtml(mixedReport())).filter(({ name }) => name === 'details')
    expect(details.map(({ attributes }) => [attributes.id, 'open' in attributes])).toEqual([
      ['AR-HTTP-001', true],
      ['AR-HTTP-020', true],
      ['AR-HTTP-013', true],
    ])
    expect(details[0]?.text).toContain('the header X-Agent-Run-Protocol is not there')
    expect(textOf(mixedReport(), 'pre')).toContain("curl -sS -i 'http://127.0.0.1:3000/nothing'")
  })

  it('offers only the filters that leave something', () => {
    expect(textOf(goodReport(), 'label')).toEqual(['all 6', 'kept 5', 'not declared 1'])
    expect(textOf(mixedReport(), 'label')).toEqual([
      'all 6',
      'not kept 2',
      'warning 1',
      'not tested 1',
      'kept 1',
      'not declared 1',
    ])
  })

  it('shows what a subject says as text', () => {
    const [name] = textOf(hostileReport(), 'h1')
    expect(name).toContain('\\u001b[31mred\\u001b[0m')
    expect(name).toContain('<script>alert(1)</')
  })
})
