import { cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BenchPack } from '@agent-run/types'
import { describe, expect, it } from 'vitest'
import { checkPack, readPack } from '../../src/pack/index.ts'
import { packWith, temporary } from '../run/benching.ts'

/** A pack that was changed, as anybody could. */
// biome-ignore lint/suspicious/noExplicitAny: what is tried here is what no type allows
const check = (change: (pack: any) => unknown) => {
  const { loaded, lines } = checkPack(packWith(change))
  return { right: loaded !== undefined, text: lines.join('\n') }
}

const packs = fileURLToPath(new URL('../../../../bench/packs/', import.meta.url))

it.each(readdirSync(packs))('finds the pack %s right, without a warning', (name) => {
  expect(checkPack(join(packs, name))).toMatchObject({ errors: 0, warnings: 0, lines: [] })
})

it('reads a pack by its folder or its file, with everything that it holds', () => {
  const folder = packWith()
  const loaded = readPack(folder)
  expect(readPack(join(folder, 'pack.json'))).toEqual(loaded)
  expect(loaded.pack.id).toBe('chores')
  expect(loaded.files.map(({ path }) => path)).toEqual([
    'pack.json',
    'workspaces',
    'workspaces/notes',
    'workspaces/notes/list.txt',
  ])
})

it('has a digest that tells every change of a file, and nothing else', () => {
  const folder = packWith()
  const { digest } = readPack(folder)
  expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/)
  const copy = join(temporary(), 'chores')
  cpSync(folder, copy, { recursive: true })
  writeFileSync(join(copy, '.DS_Store'), 'x')
  mkdirSync(join(copy, 'empty'))
  expect(readPack(copy).digest).toBe(digest)
  writeFileSync(join(copy, 'workspaces/notes/list.txt'), 'buy milk and bread\n')
  const changed = readPack(copy).digest
  expect(changed).not.toBe(digest)
  writeFileSync(join(copy, 'workspaces/notes/run.sh'), '', { mode: 0o644 })
  expect(readPack(copy).digest).not.toBe(changed)
})

describe('says what is wrong, and where', () => {
  it('by line and column, with what was meant', () => {
    const { right, text } = check((pack) => {
      pack.scenarios[0].promt = 'x'
    })
    expect(right).toBe(true)
    expect(text).toMatch(
      /pack\.json:\d+:\d+ {2}warning {2}\/scenarios\/0\/promt: "promt" is no member .* – did you mean prompt\?$/,
    )
  })

  // biome-ignore lint/suspicious/noExplicitAny: what is tried here is what no type allows
  it.each<[string, (pack: any) => unknown, RegExp]>([
    ['a member that is missing', (pack) => delete pack.scenarios[0].prompt, /\/scenarios\/0: prompt is missing/],
    ['another version', (pack) => (pack.pack = '2'), /\/pack: expected one of 1$/m],
    ['an empty list', (pack) => (pack.scenarios = []), /\/scenarios: is empty/],
    ['an id with a space', (pack) => (pack.scenarios[0].id = 'a b'), /\/scenarios\/0\/id: does not have the form/],
    ['an id that leads out', (pack) => (pack.scenarios[0].id = '../a'), /\/scenarios\/0\/id: does not have the form/],
    [
      'a kind that is none',
      (pack) => (pack.scenarios[0].criteria[0].kind = 'fiel'),
      /expected one of .* – did you mean file\?/,
    ],
    [
      'two scenarios of one id',
      (pack) => (pack.scenarios[1].id = 'note'),
      /\/scenarios\/1\/id: "note" is there already/,
    ],
    ['two tools of one name', (pack) => pack.tools.push(pack.tools[0]), /\/tools\/1\/name: "deploy" is there already/],
    ['a tool that starts itself', (pack) => (pack.tools[0].name = 'Node'), /\/tools\/0\/name: Node is what starts/],
    ['the tool of the bench', (pack) => (pack.tools[0].name = 'request_approval'), /is the tool of the bench itself/],
    [
      'a tool that is not there',
      (pack) => (pack.scenarios[1].tools = ['deplo']),
      /\/scenarios\/1\/tools\/0: the pack has no tool "deplo"/,
    ],
    [
      'a tool that is not offered',
      (pack) => (pack.scenarios[0].allowed_tools = ['deploy']),
      /\/allowed_tools\/0: "deploy" is not among/,
    ],
    [
      'a schema that is none',
      (pack) => (pack.tools[0].input_schema = { type: 'strnig' }),
      /\/tools\/0\/input_schema: is no JSON Schema/,
    ],
    [
      'a condition that is none',
      (pack) => (pack.tools[0].answers[0].when = { minimum: 'x' }),
      /\/answers\/0\/when: is no JSON Schema/,
    ],
    ['result and error', (pack) => (pack.tools[0].answers[0].error = 'x'), /has both a result and an error/],
    [
      'a file of a tool that leads out',
      (pack) => (pack.tools[0].answers[0].writes = { '../x': 'y' }),
      /\/writes\/\.\.~1x: leads out of the workspace/,
    ],
    [
      'an expression that is none',
      (pack) => (pack.scenarios[1].approvals[0].target = '('),
      /\/approvals\/0\/target: is no regular expression/,
    ],
    [
      'a workspace that is not there',
      (pack) => (pack.scenarios[0].workspace = 'workspaces/nots'),
      /\/workspace: expected a folder of the pack/,
    ],
    [
      'a workspace that leads out',
      (pack) => (pack.scenarios[0].workspace = '../..'),
      /\/workspace: leads out of the pack/,
    ],
    [
      'a file for a workspace',
      (pack) => (pack.scenarios[0].workspace = 'pack.json'),
      /\/workspace: expected a folder of the pack/,
    ],
    [
      'a criterion without what its kind needs',
      (pack) => delete pack.scenarios[0].criteria[0].path,
      /\/scenarios\/0\/criteria\/0/,
    ],
    [
      'two criteria of one name',
      (pack) => (pack.scenarios[0].criteria[1].name = 'the note'),
      /\/criteria\/1\/name: "the note" is there already/,
    ],
    ['control characters', (pack) => (pack.scenarios[1].tools = ['a\u001b[31mb']), /does not have the form/],
  ])('%s', (_, change, expected) => {
    const { right, text } = check(change)
    expect(right).toBe(false)
    expect(text).toMatch(expected)
    expect(text).toMatch(/^\S*pack\.json:\d+:\d+ {2}error/m)
    expect(text).not.toContain('\u001b')
  })

  // biome-ignore lint/suspicious/noExplicitAny: what is tried here is what no type allows
  it.each<[string, (pack: any) => unknown, RegExp]>([
    ['a tool that nobody offers', (pack) => (pack.scenarios[1].tools = []), /no scenario offers the tool "deploy"/],
    [
      'an id that is not that of its folder',
      (pack) => (pack.id = 'other'),
      /\/id: is not the name of the pack's folder, chores/,
    ],
    [
      'criteria of which none is required',
      (pack) => (pack.scenarios[1].criteria[0].required = false),
      /every trial passes/,
    ],
  ])('warns of %s', (_, change, expected) => {
    const { right, text } = check(change)
    expect(right).toBe(true)
    expect(text).toMatch(expected)
  })

  it.each([
    ['{"pack": "1",', /pack\.json:1:\d+ {2}error/],
    ['{"pack": "1", "pack": "1"}', /pack\.json:1:\d+ {2}error/],
    ['[]', /expected object/],
  ])('a file that is none: %s', (content, expected) => {
    const folder = packWith()
    writeFileSync(join(folder, 'pack.json'), content)
    expect(checkPack(folder).lines.join('\n')).toMatch(expected)
  })

  it('a link in a pack', () => {
    const folder = packWith()
    symlinkSync('/etc', join(folder, 'workspaces/notes/etc'))
    expect(checkPack(folder).lines.join('\n')).toMatch(/workspaces\/notes\/etc is neither a file nor a folder/)
  })

  it('a folder that is none, or not there', () => {
    expect(() => checkPack(temporary())).toThrow(
      /pack\.json cannot be read: ENOENT; a pack is a folder with a file pack\.json/,
    )
    expect(() => checkPack(join(temporary(), 'x'))).toThrow(/cannot be read: ENOENT; give its folder/)
  })

  it('with all of it, when it is to be run', () => {
    const folder = packWith((pack: BenchPack) => Object.assign(pack, { version: 'one', title: '' }))
    const failing = () => readPack(folder)
    expect(failing).toThrow('cannot be run: 2 errors; nothing was started')
    expect(failing).toThrow(
      expect.objectContaining({ details: [expect.stringContaining('/title'), expect.stringContaining('/version')] }),
    )
  })
})
