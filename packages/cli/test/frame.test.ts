import { displayWidth } from '@agent-run/core/text'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frameOf } from '../src/frame/frame.ts'
import { LineIndex } from '../src/frame/line-index.ts'
import { privateStretches } from '../src/frame/mask.ts'
import { isPublic } from '../src/frame/public-members.ts'

const frame = (text: string, part: string, width = 80): string => {
  const start = text.indexOf(part)
  const flagged = { start, end: start + part.length }
  const hidden = privateStretches(text, { from: 0, end: text.length, kind: 'agent-run' })
  const { lines, caret } = frameOf({ text, lines: new LineIndex(text), flagged, hidden, firstLine: 1, width })
  const rows = lines.map(({ number, text: shown }) => `${number} ${shown}`)
  return [...rows, `  ${' '.repeat(caret.before)}${'^'.repeat(caret.width)}`].join('\n')
}

const masked = (value: unknown): string => {
  const text = JSON.stringify(value)
  let shown = ''
  let at = 0
  for (const { start, end } of privateStretches(text, { from: 0, end: text.length, kind: 'agent-run' })) {
    shown += `${text.slice(at, start)}…`
    at = end
  }
  return shown + text.slice(at)
}

describe('a code frame', () => {
  it('shows two lines before and underlines exactly the value', () => {
    expect(frame('{\n  "id": "r",\n  "agent_id": "a",\n  "status": "sucess",\n  "steps": []\n}', '"sucess"')).toBe(
      '2   "id": "r",\n3   "agent_id": "a",\n4   "status": "sucess",\n              ^^^^^^^^',
    )
  })

  it('cuts long lines around the place', () => {
    const text = JSON.stringify({
      tags: Array.from({ length: 50 }, (_, i) => `tag-${i}`),
      status: 'sucess',
      model: 'm'.repeat(90),
    })
    expect(frame(text, '"sucess"', 40)).toBe('1 …9"],"status":"sucess","model":"mmmmmmm…\n                ^^^^^^^^')
  })

  it('stays within its width, whatever the line and the place', () => {
    const word = fc.constantFrom('é', '日本', '😀', '\u001b[31m', '\u202e', 'abc', '\\"', 'e\u0301')
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 60 }),
        fc.nat(),
        fc.integer({ min: 20, max: 120 }),
        (words, seed, width) => {
          const text = JSON.stringify({ id: words.join(''), status: 'x' })
          const start = seed % text.length
          const flagged = { start, end: Math.min(text.length, start + 1 + (seed % 30)) }
          const { lines, caret } = frameOf({
            text,
            lines: new LineIndex(text),
            flagged,
            hidden: [],
            firstLine: 1,
            width,
          })
          for (const line of lines) {
            expect(displayWidth(line.text)).toBeLessThanOrEqual(width)
            // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
            expect(line.text).not.toMatch(/[\u0000-\u001f\u202e]/)
          }
          expect(caret.before + caret.width).toBeLessThanOrEqual(width + 1)
          expect(caret.width).toBeGreaterThan(0)
        },
      ),
      { seed: 6 },
    )
  })

  it('shows hostile characters as escapes and keeps the caret under the value', () => {
    expect(frame('{"id": "\u001b[2J\u202e日", "status": "sucess"}', '"sucess"')).toBe(
      '1 {"id": "\\u001b[2J\\u202e日", "status": "sucess"}\n                                        ^^^^^^^^',
    )
  })

  it('points behind the end of a text that is cut', () => {
    const text = '{"id": "r",'
    const { lines, caret } = frameOf({
      text,
      lines: new LineIndex(text),
      flagged: { start: text.length, end: text.length },
      hidden: [],
      firstLine: 7,
      width: 80,
    })
    expect({ lines, caret }).toEqual({ lines: [{ number: 7, text }], caret: { before: text.length, width: 1 } })
  })
})

describe('masking', () => {
  it('hides what is private and keeps what is public', () => {
    expect(masked({ id: 'r', status: 'completed', input_preview: 'secret', tags: ['t'], error: 'why' })).toBe(
      '{"id":"r","status":"completed","input_preview":…,"tags":["t"],"error":…}',
    )
    expect(
      masked({
        steps: [{ tool_name: 'Bash', output_preview: 'secret', side_effects: [{ kind: 'exec', target: 'rm' }] }],
      }),
    ).toBe('{"steps":[{"tool_name":"Bash","output_preview":…,"side_effects":[{"kind":"exec","target":…}]}]}')
    expect(masked({ approvals: [{ event: 'approved', reason: 'ok', actor: { kind: 'human', name: 'Ann' } }] })).toBe(
      '{"approvals":[{"event":"approved","reason":…,"actor":{"kind":"human","name":"Ann"}}]}',
    )
    expect(
      masked({
        policy_decisions: [{ verdict: 'block', reasons: ['a', 'b'] }],
        salt: 'ab',
        provenance: { signature: 'x' },
      }),
    ).toBe('{"policy_decisions":[{"verdict":"block","reasons":[…,…]}],"salt":…,"provenance":{"signature":…}}')
    expect(
      masked({
        artifacts: [{ name: 'n', kind: 'file', content: { digest: 'd', size: 7 } }],
        inventory: { tools: [{ name: 'Bash' }] },
      }),
    ).toBe(
      '{"artifacts":[{"name":…,"kind":"file","content":{"digest":…,"size":…}}],"inventory":{"tools":[{"name":"Bash"}]}}',
    )
  })

  it('hides names, numbers and everything below metadata and unknown members', () => {
    expect(
      masked({
        metadata: { 'ann@example.org': { id: 'x', pin_code: 4711, is_fine: true } },
        passwd: 'p',
        credentials: { token: 't' },
      }),
    ).toBe('{"metadata":{…:{"id":…,…:…,…:true}},"passwd":…,"credentials":{…:…}}')
  })

  it('hides what stands in text that is no JSON', () => {
    const text = 'password = hunter2 "quoted'
    const hidden = privateStretches(text, { from: 0, end: text.length, kind: 'agent-run' })
    expect(hidden.map(({ start, end }) => text.slice(start, end))).toEqual(['password', '=', 'hunter2', '"quoted'])
  })

  it('hides everything behind the place where a text stops being JSON', () => {
    const text = '{"turn_id": "t-8,\n"input_preview": "Hunter2", "id": "r"}'
    const hidden = privateStretches(text, { from: 0, end: text.length, kind: 'agent-run', fault: text.indexOf('\n') })
    expect(hidden.map(({ start, end }) => text.slice(start, end))).toEqual(['input_preview', 'Hunter2', 'id', 'r'])
  })

  it('never shows a private text, wherever the document is cut', () => {
    const secret = 'Hunter2-is-the-password'
    const document = JSON.stringify({
      id: 'run',
      input_preview: secret,
      metadata: { [secret]: [secret, { [secret]: secret }] },
      steps: [
        { id: 's', output_preview: `${secret} \\" ${secret}`, error: secret, side_effects: [{ target: secret }] },
      ],
      artifacts: [{ id: 'a', name: secret, content: { uri: secret } }],
      policy_decisions: [{ id: 'd', reasons: [secret] }],
      unknown_member: { deep: [secret] },
    })
    for (let end = 1; end <= document.length; end++) {
      const text = document.slice(0, end)
      const hidden = privateStretches(text, { from: 0, end: text.length, kind: 'agent-run' })
      let shown = ''
      let at = 0
      for (const stretch of hidden) {
        shown += text.slice(at, stretch.start)
        at = stretch.end
      }
      expect(shown + text.slice(at)).not.toContain('Hunter2')
    }
  })
})

describe('a number', () => {
  it('is shown where the standard has a number or a public text, and nowhere else', () => {
    const shown = { id: 7, duration_ms: -5, cost: { input_tokens: 1.5 }, eval: { metrics: { retries: 2 } } }
    expect(masked(shown)).toBe(JSON.stringify(shown))
    expect(masked({ error: 123456789, input_preview: [4111], pin: 1234, eval: { metrics: { pin: 1234 } } })).toBe(
      '{"error":…,"input_preview":[…],"pin":…,"eval":{"metrics":{"pin":…}}}',
    )
  })
})

describe('a member', () => {
  it.each([
    ['agent-run', 'agent_id', true],
    ['agent-run', 'intent', false],
    ['step', 'tool_name', true],
    ['step', 'error', false],
    ['side-effect', 'target', false],
    ['approval', 'reason', false],
    ['revocation', 'reason', true],
    ['artifact', 'name', false],
    ['tool', 'name', true],
    ['step', 'salt', false],
    ['provenance', 'signature', false],
    ['agent-run', 'metadata', false],
    ['step', 'constructor', false],
    ['constructor', 'name', false],
  ])('of %s: %s', (kind, member, shown) => {
    expect(isPublic(kind, member)).toBe(shown)
  })

  it('is masked where it holds a secret of a known shape', () => {
    expect(masked({ git_branch: 'main', scope: { repository: 'https://ada:hunter22@example.org/shop' } })).toBe(
      '{"git_branch":"main","scope":{"repository":…}}',
    )
  })

  it('is shown only in the object that has it', () => {
    expect(masked({ rule: 'x', approvals: [{ grant: { rule: 'x' }, state: 'y' }], links: { agent_id: 'z' } })).toBe(
      '{"rule":…,"approvals":[{"grant":{"rule":"x"},"state":…}],"links":{"agent_id":…}}',
    )
  })
})
