import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { expandGlob, isGlob, matchesSegment } from '../src/input/glob.ts'
import { folderWith } from './binary.ts'

it.each([
  ['*.json', 'a.json', true],
  ['*.json', '.json', false],
  ['.*', '.a', true],
  ['a?c', 'abc', true],
  ['a?c', 'a😀c', true],
  ['a?c', 'ac', false],
  ['[a-c]x', 'bx', true],
  ['[!a-c]x', 'bx', false],
  ['[]]x', ']x', true],
  ['[z-a]', '-', true],
  ['a.c', 'abc', false],
  ['a\\*', 'a*', true],
  ['a\\*', 'ab', false],
  ['(a|b)+', '(a|b)+', true],
  ['run-[', 'run-[', true],
])('%s and %s: %s', (segment, name, expected) => {
  expect(matchesSegment(segment, name)).toBe(expected)
})

it('knows what a glob is', () => {
  expect(['a*', 'a?', '[a]', '{a,b}', 'a.json', 'a-b_c+d(e)'].map(isGlob)).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
  ])
})

it('walks folders', () => {
  const folder = folderWith({
    'a/x.json': '',
    'a/b/y.json': '',
    'a/b/c/z.json': '',
    'a/.h/h.json': '',
    'a/node_modules/n.json': '',
    'd.json/e.json': '',
  })
  mkdirSync(join(folder, 'empty'))
  const names = (pattern: string): string[] =>
    expandGlob(`${folder}/${pattern}`).map((path) => path.slice(folder.length + 1))
  expect(names('**/*.json')).toEqual(['a/b/c/z.json', 'a/b/y.json', 'a/x.json', 'd.json/e.json'])
  expect(names('a/*.json')).toEqual(['a/x.json'])
  expect(names('a/**')).toEqual(['a/b/c/z.json', 'a/b/y.json', 'a/x.json'])
  expect(names('*/b/*')).toEqual(['a/b/y.json'])
  expect(names('{a,d.json}/?.json')).toEqual(['a/x.json', 'd.json/e.json'])
  expect(names('{a/{x,y},a/b/*}.json')).toEqual(['a/b/y.json', 'a/x.json'])
  expect(names('a/.h/*')).toEqual(['a/.h/h.json'])
  expect(names('a/**/y.json')).toEqual(['a/b/y.json'])
  expect(names('**/**/y.json')).toEqual(['a/b/y.json'])
  expect(names('empty/*')).toEqual([])
  expect(names('nothing/{x')).toEqual([])
})

it('is relative to the current folder', () => {
  expect(expandGlob('package.*son')).toEqual(['package.json'])
  expect(expandGlob('./package.*son')).toEqual(['package.json'])
})
