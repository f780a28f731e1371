import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { mutants } from './mutants.ts'

const source = (file: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../src/${file}`, import.meta.url)), 'utf8')

it('each mutant changes one place of the judge', () => {
  const wrong = mutants.filter(({ file, find, put }) => source(file).split(find).length !== 2 || find === put)
  expect(wrong.map(({ file, rule }) => `${file}: ${rule}`)).toEqual([])
})

it('each kind of criterion, and each file of rules, has some', () => {
  const folder = fileURLToPath(new URL('../../../src/judge/criteria/', import.meta.url))
  const files = readdirSync(folder).filter((name) => name !== 'index.ts' && name !== 'judge-criterion.ts')
  const mutated = new Set(mutants.map(({ file }) => file))
  expect(files.filter((name) => !mutated.has(`judge/criteria/${name}`))).toEqual([])
})
