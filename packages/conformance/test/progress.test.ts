import { afterEach, describe, expect, it, vi } from 'vitest'
import { createProgress } from '../src/commands/progress.ts'

const { isTTY } = process.stderr
afterEach(() => {
  process.stderr.isTTY = isTTY
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

/** What is written to standard error while something is told twice. */
const written = (isTerminal: boolean, quiet: boolean | undefined, term = 'xterm'): string => {
  vi.stubEnv('TERM', term)
  process.stderr.isTTY = isTerminal
  let text = ''
  vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
    text += chunk
    return true
  })
  const progress = createProgress(quiet)
  progress.update(() => `1 of 2: \u001b[31m${'x'.repeat(500)}`)
  progress.update(() => '2 of 2')
  progress.hide()
  return text
}

describe('the line of progress', () => {
  it('is redrawn now and then, fits on a line, and is gone at the end', () => {
    const text = written(true, undefined)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what redraws a line
    expect(text).toMatch(/^\r\u001b\[K1 of 2: \\u\{1b\}\[31mx+\r\u001b\[K$/)
    expect(text.length).toBeLessThan(500)
  })

  it('is not there without a terminal, on one that cannot redraw, or when nobody wants it', () => {
    expect(written(false, undefined)).toBe('')
    expect(written(true, undefined, 'dumb')).toBe('')
    expect(written(true, true)).toBe('')
  })
})
