import { describe, expect, it } from 'vitest'
import { matches, readSession, run } from '../console.mjs'

describe('a session', () => {
  it('is commands, their output and their exit code', () => {
    expect(readSession('$ a \\\n  b\none\n\n$ c\nexit 2\n$ d\n')).toEqual([
      { command: 'a \\\n  b', expected: ['one', ''], exit: 0 },
      { command: 'c', expected: [], exit: 2 },
      { command: 'd', expected: [], exit: 0 },
    ])
  })

  it('begins with a command', () => expect(() => readSession('output\n')).toThrow('begins with'))
})

describe('matches', () => {
  it('compares line by line and ignores white space at their ends', () => {
    expect(matches(['a.b', 'c'], 'a.b  \nc\n')).toBe(true)
    expect(matches(['a.b'], 'aXb\n')).toBe(false)
    expect(matches(['a'], 'a\nb\n')).toBe(false)
    expect(matches(['a', 'b'], 'a\n')).toBe(false)
  })

  it('takes … for any text in a line, and for any lines alone', () => {
    expect(matches(['took … ms'], 'took 17 ms\n')).toBe(true)
    expect(matches(['took … ms'], 'took 17\n18 ms\n')).toBe(false)
    expect(matches(['…', 'end'], 'a\nb\nend\n')).toBe(true)
    expect(matches(['a', '…'], 'a\n')).toBe(true)
    expect(matches(['…', 'end'], 'a\nb\n')).toBe(false)
  })

  it('takes anything where nothing is shown', () => expect(matches([], 'a\nb\n')).toBe(true))
})

describe('run', () => {
  it('gives both streams in order and the exit code, without colour', () => {
    const { output, exit } = run('echo out; echo err >&2; echo "[$NO_COLOR]"; exit 3', '.', process.env.PATH)
    expect({ output, exit }).toEqual({ output: 'out\nerr\n[1]\n', exit: 3 })
  })
})
