import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addEntries, ownEntries, removeEntries, withoutInsertions } from '../../src/hooking/settings/edit-settings.ts'

const command = "/usr/bin/node '/opt/with space/agent-run.mjs' hook claude-code --key '/home/ada/a key'"
const group = { matcher: '*', hooks: [{ type: 'command', command, timeout: 10 }] }
const entries = ['PreToolUse', 'Stop', 'SessionEnd'].map((event) => ({ event, group }))

const written: readonly (readonly [string, string])[] = [
  ['nothing in it', '{}'],
  ['nothing in it and a line feed', '{}\n'],
  ['nothing in two lines', '{\n}\n'],
  ['one line', '{"model":"opus","hooks":{"Stop":[]}}'],
  ['two spaces', '{\n  "model": "opus"\n}\n'],
  ['four spaces and no line feed at its end', '{\n    "model": "opus",\n    "hooks": {}\n}'],
  ['tabs', '{\n\t"hooks": {\n\t\t"Stop": [\n\t\t\t{ "hooks": [] }\n\t\t]\n\t}\n}\n'],
  ['carriage returns', '{\r\n  "model": "opus"\r\n}\r\n'],
  [
    'its own hooks',
    '{\n  "hooks": {\n    "Stop": [{"hooks": [{"type": "command", "command": "say done"}]}]\n  },\n  "z": 1, "a": 2\n}\n',
  ],
  ['odd spacing', '  {  "model"  :  "opus" ,\n\n "hooks":{ "PreToolUse" :[ ] } }  \n\n'],
  ['escapes', '{\n  "\\u0068ooks": {"St\\u006fp": []},\n  "text": "a \\" } ] , \\\\"\n}\n'],
]

const unescaped = (text: string): string => text.replaceAll('\\u0068', 'h').replaceAll('\\u006f', 'o')

describe('a settings file', () => {
  it.each(written)('with %s: is only added to, and is what it was without that', (_, text) => {
    const added = addEntries(text, entries)
    const before = JSON.parse(text)
    const after = JSON.parse(added.text)
    expect(
      ownEntries(after)
        .map(({ event }) => event)
        .sort(),
    ).toEqual(['PreToolUse', 'SessionEnd', 'Stop'])
    expect({ ...after, hooks: undefined }).toEqual({ ...before, hooks: undefined })
    for (const [event, groups] of Object.entries(before.hooks ?? {}))
      expect(after.hooks[event].slice(0, (groups as unknown[]).length)).toEqual(groups)
    expect(withoutInsertions(added.text, added.inserted)).toBe(text)
    expect(added.text.includes('\r\n')).toBe(text.includes('\r\n'))
    expect(/[^\r]\n/.test(added.text) && text.includes('\r\n')).toBe(false)
  })

  it.each(written)('with %s: loses only our hooks when somebody has changed it since', (_, text) => {
    const after = JSON.parse(addEntries(text, entries).text)
    const changed = `${JSON.stringify({ added: 'since', ...after }, null, 3)}\n`
    const { hooks, ...rest } = JSON.parse(removeEntries(changed))
    const { hooks: before = {}, ...others } = JSON.parse(unescaped(text))
    expect(rest).toEqual({ added: 'since', ...others })
    const kept = Object.fromEntries(Object.entries(before).filter(([, groups]) => (groups as unknown[]).length > 0))
    expect(ownEntries({ hooks })).toEqual([])
    for (const [event, groups] of Object.entries(kept)) expect(hooks[event]).toEqual(groups)
  })

  it('is what it was whatever it holds', () => {
    const settings = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 })
    const hooks = fc.dictionary(
      fc.constantFrom('PreToolUse', 'Stop', 'Notification'),
      fc.array(
        fc.record({
          hooks: fc.array(fc.record({ type: fc.constant('command'), command: fc.string() }), { maxLength: 2 }),
        }),
        { maxLength: 2 },
      ),
    )
    const indent = fc.constantFrom<string | number | undefined>(2, 4, '\t', undefined)
    fc.assert(
      fc.property(
        settings,
        fc.option(hooks, { nil: undefined }),
        indent,
        fc.constantFrom('', '\n'),
        (object, own, space, end) => {
          const value = { ...object, ...(own === undefined ? {} : { hooks: own }) }
          fc.pre(own !== undefined || !Object.hasOwn(object, 'hooks'))
          const text = `${JSON.stringify(value, null, space)}${end}`
          const { text: now, inserted } = addEntries(text, entries)
          expect(withoutInsertions(now, inserted)).toBe(text)
          expect(ownEntries(JSON.parse(now))).toHaveLength(3)
          const { hooks: left, ...rest } = JSON.parse(removeEntries(now)) as { hooks?: Record<string, unknown[]> }
          const { hooks: __, ...others } = JSON.parse(text)
          expect(rest).toEqual(others)
          for (const [event, groups] of Object.entries(own ?? {}))
            if (groups.length > 0) expect(left?.[event]).toEqual(groups)
        },
      ),
      { numRuns: 300, seed: 6 },
    )
  })

  it('keeps a hook that somebody put into our group', () => {
    const text = JSON.stringify({
      hooks: {
        Stop: [
          {
            hooks: [
              { type: 'command', command },
              { type: 'command', command: 'x' },
            ],
          },
        ],
      },
    })
    expect(JSON.parse(removeEntries(text))).toEqual({
      hooks: { Stop: [{ hooks: [{ type: 'command', command: 'x' }] }] },
    })
  })
})
