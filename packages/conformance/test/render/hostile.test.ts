// What a subject says is text in every format, whatever it says, and a report stays of a size that can be opened.
import { describe, expect, it } from 'vitest'
import {
  renderBadge,
  renderHtml,
  renderJson,
  renderJunit,
  renderLine,
  renderMarkdown,
  renderRecord,
  renderTerminal,
} from '../../src/render/index.ts'
import type { Report } from '../../src/suite/index.ts'
import { goodReport, hostileReport, hugeReport, mixedOutcomes, reportOf } from './reports.ts'

const FORMATS: Readonly<Record<string, (report: Report) => string>> = {
  terminal: (report) => renderTerminal(report, { color: false, width: 80 }),
  line: renderLine,
  json: renderJson,
  junit: renderJunit,
  markdown: renderMarkdown,
  badge: renderBadge,
  html: renderHtml,
  record: renderRecord,
}
const formats = Object.entries(FORMATS)

/** All that no text may contain but line ends: control and format characters, separators, halves of surrogate pairs. */
const FORBIDDEN = /[^\P{C}\n]|[\p{Zl}\p{Zp}]/u

describe('hostile texts', () => {
  const report = hostileReport()

  it.each(formats)('leave no character in %s that a terminal obeys or that turns text around', (_, render) => {
    expect(FORBIDDEN.exec(render(report))).toBeNull()
  })

  it.each(formats)('are %s that is UTF-8', (_, render) => {
    const text = render(report)
    expect(Buffer.from(text).toString()).toBe(text)
    expect(text.endsWith('\n')).toBe(true)
  })

  it('colour the terminal only with the colours of the suite', () => {
    const text = renderTerminal(report, { color: true, width: 80 })
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is looked for
    expect(FORBIDDEN.exec(text.replace(/\u001b\[(?:1|2|22|31|32|33|36|39)m/g, ''))).toBeNull()
  })

  it.each(['terminal', 'line', 'junit'])('are no command to a build server in %s', (name) => {
    const text = FORMATS[name]!(report)
    expect(text).not.toMatch(/^\s*::/m)
    expect(text).not.toMatch(/##(\[|vso\[)/)
    expect(text).toContain('\\u0023#[error]owned')
  })

  it('begin no line of their own', () => {
    const lines = renderLine(report).trimEnd().split('\n')
    expect(lines.filter((line) => !/(?:fail|warn|untestable|untested): /.test(line))).toEqual([])
  })

  it.each(formats)('are nothing that %s depends on', (_, render) => {
    expect(render(report)).toBe(render(structuredClone(report)))
  })
})

describe('ten thousand failing cases with messages of a megabyte', () => {
  const report = hugeReport()
  const LARGEST: Readonly<Record<string, number>> = {
    terminal: 100_000,
    line: 10_000_000,
    json: 16_000_000,
    junit: 24_000_000,
    markdown: 100_000,
    badge: 1000,
    html: 750_000,
    record: 100_000,
  }

  it.each(formats)('make %s of a bounded size', (name, render) => {
    const text = render(report)
    expect(text.length).toBeLessThan(LARGEST[name]!)
    expect(text.length).toBeGreaterThan(50)
  })
})

describe('keys', () => {
  const secret = 'sk-secret-0123456789'
  const report = reportOf(
    [
      ...mixedOutcomes,
      ...[
        `curl -H 'X-API-Key: ${secret}' 'http://user:${secret}@127.0.0.1/'`,
        `curl -H "Authorization: Bearer ${secret}" http://127.0.0.1/`,
        `curl --header x-api-key:${secret} http://127.0.0.1/`,
      ].map((reproduce, index) =>
        outcomeWith(`http/leak/leak_${index}`, reproduce, `it answered {"authorization":"Bearer ${secret}"}`),
      ),
    ],
    {
      subject: {
        name: `at https://ci:${secret}@example.org/x`,
        version: null,
        address: `https://ci:${secret}@example.org/x`,
        capabilities: ['core'],
      },
    },
  )

  it.each(formats)('stand in no %s, even if the suite forgot to take them out', (_, render) => {
    expect(render(report)).not.toContain(secret)
  })

  it('stay variables in a command line', () => {
    expect(renderJson(report)).toContain('-H \\"X-API-Key: $AGENT_RUN_KEY\\"')
  })
})

describe('no failure', () => {
  it.each(formats)('is a short %s', (_, render) => {
    expect(render(goodReport()).length).toBeLessThan(25_000)
  })
})

function outcomeWith(id: string, reproduce: string, message: string) {
  return {
    id,
    requirement: 'AR-HTTP-001',
    status: 'fail' as const,
    messages: [message],
    reproduce,
    seconds: 0,
  }
}
