import { lexer, type Token } from 'marked'
import { describe, expect, it } from 'vitest'
import { renderMarkdown } from '../../src/render/index.ts'
import type { Report } from '../../src/suite/index.ts'
import { goodReport, hostileReport, mixedReport, outcome, reportOf } from './reports.ts'

/** All tokens of a text, inner ones included. */
const tokensOf = (markdown: string): readonly Token[] => {
  const all: Token[] = []
  const walk = (tokens: readonly Token[]): void => {
    for (const token of tokens) {
      all.push(token)
      if ('tokens' in token && token.tokens) walk(token.tokens)
      if (token.type === 'table')
        for (const cell of [token.header, ...token.rows].flat() as { tokens: Token[] }[]) walk(cell.tokens)
      if (token.type === 'list') for (const item of token.items as { tokens: Token[] }[]) walk(item.tokens)
    }
  }
  walk(lexer(markdown))
  return all
}

const shape = (report: Report): readonly string[] => tokensOf(renderMarkdown(report)).map(({ type }) => type)

describe('markdown', () => {
  it('says the verdict, what fails and what to do', () => {
    const text = renderMarkdown(mixedReport())
    expect(text.split('\n').slice(0, 3)).toEqual([
      '### ❌ <code>my-server 0.4</code>: not compliant with the server profile 1.0',
      '',
      '**1 of 5 requirements · 4 of 10 cases**',
    ])
    expect(text).toContain('#### Not kept (2)')
    expect(text).toContain('| core | 1 of 4 | 1 | 1 | 1 |')
    expect(text).toContain(
      '| <code>no key of the role reader was given</code> | set AGENT\\_RUN\\_KEY\\_READER, or give --reader-key | 1 requirement, 1 case |',
    )
    expect(text).toContain("```sh\ncurl -sS -i 'http://127.0.0.1:3000/nothing'\n```")
    expect(text).toContain('Not declared: approvals (1)')
  })

  it('is short if nothing is wrong', () => {
    const text = renderMarkdown(goodReport())
    expect(text).toContain('### ✅ <code>my-server 0.4</code>: compliant with the server profile 1.0')
    expect(shape(goodReport()).filter((type) => type === 'table')).toHaveLength(1)
  })

  it('has no markup but its own, whatever a subject says', () => {
    const tokens = tokensOf(renderMarkdown(hostileReport()))
    const types = new Set(tokens.map(({ type }) => type))
    for (const type of ['link', 'image', 'em', 'del', 'blockquote', 'hr', 'codespan']) expect(types).not.toContain(type)
    const tags = tokens.filter(({ type }) => type === 'html').map(({ raw }) => raw.trim())
    expect(new Set(tags)).toEqual(
      new Set(['<code>', '</code>', '<sub>', '</sub>', '<details><summary>Reproduce</summary>', '</details>']),
    )
    expect(tokens.filter(({ type }) => type === 'strong').map(({ raw }) => raw)).toEqual([
      '**2 of 5 requirements · 5 of 29 cases**',
    ])
    expect(tokens.filter(({ type }) => type === 'heading').map(({ raw }) => raw.slice(0, 5))).toEqual([
      '### ❌',
      '#### ',
      '#### ',
    ])
  })

  it('has rows of as many cells as the table, whatever a subject says', () => {
    for (const line of renderMarkdown(hostileReport()).split('\n'))
      if (line.startsWith('| ')) expect([4, 5, 6]).toContain(line.match(/(?<!\\)\|/g)?.length)
  })

  it('mentions nobody and nothing outside of code', () => {
    const text = renderMarkdown(hostileReport()).replace(/```[\s\S]*?```/g, '')
    expect(text).not.toMatch(/@\w/)
    expect(text).not.toMatch(/(?<!&)#\d/)
    expect(text).not.toMatch(/https?:\/\//)
    expect(text).not.toMatch(/www\./)
  })

  it('fences a command line with more backticks than it has', () => {
    const reproduce = 'curl -d "````"'
    const report = reportOf([outcome('http/a/b', 'AR-HTTP-001', { status: 'fail', messages: ['m'], reproduce })])
    const code = tokensOf(renderMarkdown(report)).filter(({ type }) => type === 'code')
    expect(code.map((token) => 'text' in token && token.text)).toEqual([reproduce])
  })
})
