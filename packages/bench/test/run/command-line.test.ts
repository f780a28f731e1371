import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { fillIn, maskCommand, resolvePaths, splitCommand } from '../../src/run/command-line.ts'
import { temporary } from './benching.ts'

it.each([
  ['a b  c', ['a', 'b', 'c']],
  ['a "b c" \'d "e\'', ['a', 'b c', 'd "e']],
  [String.raw`a\ b "c\"d\e" '\'`, ['a b', String.raw`c"d\e`, '\\']],
  ['a "" b', ['a', '', 'b']],
  ['a $HOME ; rm *', ['a', '$HOME', ';', 'rm', '*']],
])('splits %s', (text, words) => expect(splitCommand(text)).toEqual(words))

it.each([
  ['', 'the command is empty'],
  ['"" a', 'the command is empty'],
  ['a "b', 'that is not closed'],
  ['a \\', 'ends with a backslash'],
])('refuses %j', (text, why) => expect(() => splitCommand(text)).toThrow(why))

it('makes paths absolute that are there, and nothing else', () => {
  const folder = temporary()
  mkdirSync(join(folder, 'run'))
  mkdirSync(join(folder, 'lib/inner'), { recursive: true })
  writeFileSync(join(folder, 'agent.mjs'), '')
  expect(resolvePaths(['node', 'agent.mjs', 'run', 'lib/inner', './gone.mjs', '-x', '{task}'], folder)).toEqual([
    'node',
    join(folder, 'agent.mjs'),
    // The name of a subcommand that a folder happens to have, too.
    'run',
    join(folder, 'lib/inner'),
    './gone.mjs',
    '-x',
    '{task}',
  ])
  expect(resolvePaths(['./agent.mjs'], folder)).toEqual([join(folder, 'agent.mjs')])
})

it('fills in what stands in braces, once', () => {
  const values = { prompt: 'say {seed}', task: '/t', mcp: '/m', seed: '7', workspace: '/w' }
  expect(fillIn(['{task}', '--p={prompt}', '{mcp}', '{seed}{workspace}', '{other}'], values)).toEqual([
    '{task}',
    '--p=say {seed}',
    '/m',
    '7/w',
    '{other}',
  ])
})

it('masks what looks like a secret, by its form or by the option before it', () => {
  const token = `ghp_${'a1B2c3D4e5'.repeat(4)}`.slice(0, 40)
  const shown = maskCommand([
    'agent',
    '--token',
    token,
    '--api-key',
    'hunter2hunter2',
    '--password=hunter2hunter2',
    'plain',
  ]).join(' ')
  expect(shown).not.toContain(token)
  expect(shown).not.toContain('hunter2')
  expect(shown).toMatch(/^agent --token .*--api-key .* plain$/)
})
