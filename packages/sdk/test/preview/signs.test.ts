import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPreviewer, cut, redact, wellFormed } from '../../src/preview/index.ts'
import { secretShapes } from '../../src/preview/secret-shapes.ts'
import { createSignFinder } from '../../src/preview/sign-finder.ts'

const rounds = process.env.AGENT_RUN_LONG ? 20_000 : 2000

/** Redaction without looking for signs first: every shape over every text. */
const everyShape = (text: string): string =>
  secretShapes.reduce((result, { pattern, replacement }) => result.replace(pattern, replacement), text)

/** A preview without looking for signs first: the window is redacted whole, then cut. */
function wholeWindow(value: string, length: number): string {
  let end = Math.min(value.length, 16_384)
  if (value.length > end) while (end > 16_384 - 512 && !/\s/.test(value.charAt(end - 1))) end--
  const cleaned = everyShape(wellFormed(value.slice(0, end)))
  return cut(end < value.length && cleaned.length <= length ? `${cleaned}…` : cleaned, length)
}

const letters = 'aB3dE6gH9jK2'
const secret = fc.stringMatching(/^[A-Za-z0-9_-]{4,40}$/)
/** Pieces that secrets are made of, whole ones and parts of them, and what stands around them. */
const piece = fc.oneof(
  {
    arbitrary: fc.constantFrom(' ', '\n', '"', "'", '\\"', ': ', '=', ':', '@', '/', '?', '&', ';', '|', '-', '.', ','),
    weight: 4,
  },
  { arbitrary: secret, weight: 3 },
  {
    arbitrary: fc.constantFrom(
      ...[
        '-----BEGIN PRIVATE KEY-----',
        '-----END PRIVATE KEY-----',
        'https://',
        'ada:',
        'authorization',
        'Bearer ',
        'basic ',
      ],
      ...[
        'x-api-key',
        'private-token',
        'eyJhbGciOi',
        '.eyJzdWIiOi',
        'sk-ant-',
        'sk-proj-',
        'sk-',
        'sk_live_',
        'whsec_',
        'ghp_',
      ],
      ...[
        'github_pat_',
        'glpat-',
        'AKIA',
        'ASIA',
        'AIza',
        'ya29.',
        'GOCSPX-',
        'xoxb-',
        'xapp-',
        'https://hooks.slack.com/services/',
      ],
      ...[
        'npm_',
        'pypi-',
        'hf_',
        'SG.',
        '12345678:AA',
        'DB_PASSWORD',
        'API_KEY',
        'ACCESS_KEY_ID',
        'TOKEN',
        '?token',
        '&sig',
      ],
      ...[
        'password',
        'Passphrase',
        'passwd',
        'pwd',
        'PWD',
        'cookie',
        'Set-Cookie',
        'api_key',
        'apiKey',
        'secret',
        'credentials',
      ],
      ...[
        'session_token',
        'privateKey',
        '_authToken',
        '_auth',
        'aws_secret_access_key',
        ' --password',
        ' --token ',
        '"--secret"',
      ],
      ...[
        'redis-cli -a ',
        'openssl -k ',
        ' -passin pass:',
        'curl -b ',
        'echo ',
        ' | docker login --password-stdin',
        ' -u ada:',
      ],
      ...[
        'sshpass -p ',
        'mysql -p',
        'login -p ',
        '--from-literal=a=',
        'string',
        'process.',
        '[redacted:token]',
        '🎉',
        'İ',
        'ſ',
        'K',
      ],
    ),
    weight: 5,
  },
)
const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''))
const blank = fc
  .constantFrom(' word', '\n', ' 42', ' é')
  .chain((unit) => fc.nat(900).map((times) => unit.repeat(times)))

describe('looking for signs first', () => {
  it('redacts what every shape over every text would redact', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(redact(value)).toBe(everyShape(value))
      }),
      { numRuns: rounds, seed: 6 },
    )
  })

  it('makes the preview that the whole window would make', () => {
    const previewer = createPreviewer(true)
    fc.assert(
      fc.property(
        fc.array(fc.oneof(text, blank), { maxLength: 12 }),
        fc.constantFrom(64, 500, 2000),
        (parts, length) => {
          const value = parts.join('')
          expect(previewer.text(value, length)).toBe(wholeWindow(value, length))
        },
      ),
      { numRuns: rounds / 2, seed: 6 },
    )
  })

  it('knows a sign for what every shape matches, close enough to its beginning', () => {
    const samples = new Map<string, string>()
    fc.assert(
      fc.property(text, (value) => {
        for (const [index, { signs, pattern, hint }] of secretShapes.entries()) {
          for (const match of value.matchAll(pattern)) {
            // What stands behind a match may be part of what makes it one.
            const around = value.slice(match.index, match.index + 2048)
            const nearest = Math.min(...signs.map((sign) => around.toLowerCase().indexOf(sign) >>> 0))
            expect(nearest).toBeLessThan(1024)
            expect(hint === undefined || hint.test(value)).toBe(true)
            samples.set(String(index), match[0])
          }
        }
      }),
      { numRuns: rounds * 2, seed: 6 },
    )
    expect(samples.size).toBeGreaterThan(secretShapes.length / 2)
  })

  it('finds each word, in any case, wherever it stands and overlaps', () => {
    const groups = [['he', 'she'], ['hers'], ['his'], ['sk-', 'k-p']]
    const find = createSignFinder(groups)
    expect([find('USHERS'), find('this'), find('ask-p'), find('s k-'), find('')]).toEqual([0b11, 0b100, 0b1000, 0, 0])
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'heshirks-pHS ') }), (value) => {
        const expected = groups.map((words) => words.some((word) => value.toLowerCase().includes(word)))
        expect(find(value)).toBe(expected.reduce((bits, found, bit) => (found ? bits | (1 << bit) : bits), 0))
      }),
      { seed: 6 },
    )
    expect(() => createSignFinder(Array.from({ length: 32 }, () => ['a']))).toThrow(RangeError)
    expect(() => createSignFinder([[String.fromCharCode(...Array.from({ length: 80 }, (_, at) => 33 + at))]])).toThrow(
      RangeError,
    )
  })

  it('keeps no long text alive because of its preview', () => {
    const { text: preview } = createPreviewer(true)
    expect(preview(letters.repeat(100_000), 100)).toBe(`${letters.repeat(9).slice(0, 99)}…`)
  })
})
