import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bytes,
  count,
  cut,
  cutMiddle,
  displayWidth,
  dollars,
  duration,
  grouped,
  harmlessLines,
  lineOf,
  markdownText,
  pad,
  styleOf,
  tokens,
  visible,
  visibleName,
  wantsColour,
  wrap,
  xmlText,
} from '../../src/text/index.ts'

describe('visible text', () => {
  it.each([
    ['plain text, ünïcode 日本 😀', 'plain text, ünïcode 日本 😀'],
    ['a\u001b[31mred\u0007\r\n\t\0', 'a\\u001b[31mred\\u0007\\u000d\\u000a\\u0009\\u0000'],
    ['\u009b31m\u007f', '\\u009b31m\\u007f'],
    ['\u202etxt.exe\u2066\u200f', '\\u202etxt.exe\\u2066\\u200f'],
    ['zero\u200bwidth\u200djoin\ufeff\u00ad', 'zero\\u200bwidth\\u200djoin\\ufeff\\u00ad'],
    ['👩\u200d💻 and 🏳\ufe0f\u200d🌈', '👩\u200d💻 and 🏳\ufe0f\u200d🌈'],
    ['\ud800 \u{e0041} \u{10ffff} \ue000 \u3164 \u2028', '\\ud800 \\u{e0041} \\u{10ffff} \\ue000 \\u3164 \\u2028'],
    ['##[add-mask]x', '\\u0023#[add-mask]x'],
    ['# ## a ##vso[task.x] ##teamcity[y]', '# ## a \\u0023#vso[task.x] \\u0023#teamcity[y]'],
  ])('%j', (text, expected) => {
    expect(visible(text)).toBe(expected)
  })

  it('has nothing left that a terminal would obey', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
        expect(visible(text).replaceAll('\u200d', '')).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u)
      }),
      { numRuns: 1000 },
    )
  })

  it('sets a file name off that begins like a command', () => {
    expect([visibleName('::error::x'), visibleName('a::b')]).toEqual(['./::error::x', 'a::b'])
  })
})

describe('lines for a person', () => {
  it('do not begin like a command to a build server', () => {
    const text = 'a ::b\n::stop-commands::x\n \t ::error::y\n: :\n'
    expect(harmlessLines(text)).toBe('a ::b\n\\u003a:stop-commands::x\n \t \\u003a:error::y\n: :\n')
  })
})

describe('width', () => {
  it('counts columns', () => {
    expect(['abc', 'é', 'e\u0301', '日本', '😀', '👩\u200d💻', 'ｆ', '⚠\ufe0f', '✓', '…'].map(displayWidth)).toEqual([
      3, 1, 1, 4, 2, 2, 2, 2, 1, 1,
    ])
  })

  it('cuts, pads and wraps by columns', () => {
    expect(cut('abcdef', 6)).toBe('abcdef')
    expect(cut('abcdefg', 6)).toBe('abcde…')
    expect(cut('日本語です', 6)).toBe('日本…')
    expect(cutMiddle('lib/spotter_web/controllers/hooks.ex', 20)).toBe('lib/sp…lers/hooks.ex')
    expect(displayWidth(pad('日', 5))).toBe(5)
    expect(wrap('one two three', 7)).toEqual(['one two', 'three'])
    expect(wrap('a verylongword b', 5)).toEqual(['a', 'veryl', 'ongwo', 'rd b'])
    expect(wrap('', 5)).toEqual([''])
  })

  it('never exceeds what there is', () => {
    const word = fc.constantFrom('a', 'bb', '日本語', '😀', 'a-rather-long-word-indeed', ' ')
    fc.assert(
      fc.property(fc.array(word, { maxLength: 20 }), fc.integer({ min: 4, max: 40 }), (words, width) => {
        const text = words.join(' ')
        for (const line of [cut(text, width), cutMiddle(text, width), ...wrap(text, width)]) {
          expect(displayWidth(line)).toBeLessThanOrEqual(width)
        }
      }),
    )
  })
})

describe('quantities', () => {
  it('are short and keep their meaning', () => {
    expect([0, 950, 1000, 9949, 9950, 412_000, 999_499, 999_500, 17_200_000, null, undefined].map(tokens)).toEqual([
      '0',
      '950',
      '1.0 k',
      '9.9 k',
      '10 k',
      '412 k',
      '999 k',
      '1.0 M',
      '17 M',
      'unknown',
      'unknown',
    ])
    expect([0, 48_210, 1_600].map(bytes)).toEqual(['0 B', '48 kB', '1.6 kB'])
    expect([0, 480, 6200, 41_000, 59_960, 401_000, 7_500_000, 273_600_000].map(duration)).toEqual([
      '0 ms',
      '480 ms',
      '6.2 s',
      '41 s',
      '1 m 00 s',
      '6 m 41 s',
      '2 h 05 m',
      '3 d 4 h',
    ])
    expect([0, 0.42, 12.5, 0.0034, 0.000012, 0.999].map(dollars)).toEqual([
      '$0',
      '$0.42',
      '$12.50',
      '$0.0034',
      '$0.000012',
      '$1.00',
    ])
  })
})

it('counts with its thousands apart, as English writes them', () => {
  expect([count(0, 'run'), count(1, 'run'), count(12_345, 'run')]).toEqual(['0 runs', '1 run', '12,345 runs'])
  for (const number of [0, 999, 1000, 123_456, 1_234_567, Number.MAX_SAFE_INTEGER])
    expect(grouped(number)).toBe(number.toLocaleString('en'))
})

it('colours are wanted by option, environment and terminal, in this order', () => {
  const wants = (option: boolean | undefined, env: Record<string, string>, isTerminal: boolean): boolean =>
    wantsColour({ option, env, isTerminal })
  expect(wants(undefined, {}, true)).toBe(true)
  expect(wants(undefined, {}, false)).toBe(false)
  expect(wants(undefined, { TERM: 'dumb' }, true)).toBe(false)
  expect(wants(undefined, { NO_COLOR: '1' }, true)).toBe(false)
  expect(wants(undefined, { FORCE_COLOR: '1' }, false)).toBe(true)
  expect(wants(true, { NO_COLOR: '1' }, false)).toBe(true)
  expect(wants(false, { FORCE_COLOR: '1' }, true)).toBe(false)
  expect(styleOf(false).red('x')).toBe('x')
  expect(styleOf(true).red('x')).toBe('\u001b[31mx\u001b[39m')
})

it('words become a line for a shell', () => {
  expect(lineOf(['agent-run', 'verify', "it's here.json", '--trust=a.json'])).toBe(
    "agent-run verify 'it'\\''s here.json' --trust=a.json",
  )
})

it('Markdown and XML get text, never markup', () => {
  expect(markdownText('a|b <i> [x](http://e) @all `c`')).toBe('a\\|b &lt;i\\> \\[x\\](http&#58;//e) &#64;all \\`c\\`')
  expect(xmlText('<a b="c">&\u0000')).toBe('&lt;a b=&quot;c&quot;&gt;&amp;\\u0000')
})
