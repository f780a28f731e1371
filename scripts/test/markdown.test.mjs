import { describe, expect, it } from 'vitest'
import { anchors, blockQuotes, fences, links, section, tableRows, withoutCode } from '../markdown.mjs'

describe('fences', () => {
  it('gives words, content and line, and leaves a fence inside a longer one alone', () => {
    expect(fences('a\n```json step x.json\n{}\n```\n````text\n```json\n```\n````\n')).toEqual([
      { info: ['json', 'step', 'x.json'], content: '{}\n', line: 2 },
      { info: ['text'], content: '```json\n```\n', line: 5 },
    ])
  })

  it('refuses a fence that is not closed', () => {
    expect(() => fences('```json\n{}\n')).toThrow('line 1')
  })
})

describe('withoutCode', () => {
  it('removes spans and fences and keeps the numbers of lines', () => {
    expect(withoutCode('a `b` c\n```\nd\n```\ne ``f`g`` h').split('\n')).toEqual(['a  c', '', '', '', 'e  h'])
  })
})

describe('blockQuotes', () => {
  it('joins lines, and does not look into fences', () => {
    expect(blockQuotes('> one\n> two\n\n> three\n```\n> no\n```\n')).toEqual([
      { line: 1, text: 'one two' },
      { line: 4, text: 'three' },
    ])
  })
})

describe('tableRows', () => {
  it('leaves out head and rule and reads an escaped bar', () => {
    expect(tableRows('| a | b |\n|---|:-:|\n| 1 \\| 2 |  |\n')).toEqual([{ line: 3, cells: ['1 | 2', ''] }])
  })
})

describe('section', () => {
  it('ends at the next heading of its level', () => {
    expect(section('# a\n## b\nx\n### c\ny\n## d\nz', 'b')).toBe('## b\nx\n### c\ny')
  })

  it('refuses a title that is not there', () => {
    expect(() => section('# a', 'b')).toThrow('"b"')
  })
})

describe('anchors and links', () => {
  it('names headings as GitHub does, numbers equal ones, and takes explicit anchors', () => {
    const text = '# The `run_hash`\n## side_effect.kind\n## A\n## A\n<a id="json.bom"></a>\n```\n# no\n```\n'
    expect([...anchors(text)].sort()).toEqual(['a', 'a-1', 'json.bom', 'side_effectkind', 'the-run_hash'])
  })

  it('finds targets outside code', () => {
    expect(links('[a](b.md#c) `[d](e)`\n[`f`](g)')).toEqual([
      { line: 1, target: 'b.md#c' },
      { line: 2, target: 'g' },
    ])
  })
})
