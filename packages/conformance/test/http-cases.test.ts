import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { codeCases, loadHttpCases } from '../src/index.ts'

const conformance = join(import.meta.dirname, '../../../conformance')
const folder = join(conformance, 'cases/http')
const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'))

describe('the cases for servers', () => {
  const cases = loadHttpCases(folder)

  it('are valid by their schema', () => {
    const validate = new Ajv({ strict: false, allErrors: true }).compile(
      json(join(conformance, 'schemas/http-case.json')),
    )
    for (const { id, ...each } of cases) expect(validate(each) ? [] : validate.errors, id).toEqual([])
  })

  it('are named after their files, each once', () => {
    const files = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .flatMap(({ name }) => readdirSync(join(folder, name)))
    expect(cases.map(({ name }) => `${name}.json`).sort()).toEqual(files.sort())
    const names = [...cases, ...codeCases].map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
  })

  it('refer to exchanges that come before', () => {
    for (const { name, exchanges } of cases) {
      const known = new Set<string>()
      for (const exchange of exchanges) {
        const text = JSON.stringify(exchange)
        for (const [, referred] of text.matchAll(/"(?:again|exchange)":"([a-z0-9_]+)"/g)) {
          expect(known, `${name}: ${referred}`).toContain(referred)
        }
        for (const [, captured] of text.matchAll(/\{\{captured\.([a-z0-9_]+)\}\}/g)) {
          expect(known, `${name}: ${captured}`).toContain(captured)
        }
        if (exchange.name) known.add(exchange.name)
        for (const captured of Object.keys(exchange.capture ?? {})) known.add(captured)
      }
    }
  })

  it('test something: the last exchange of each is no preparation', () => {
    for (const { name, exchanges } of cases) expect(exchanges.at(-1)?.setup, name).toBeUndefined()
  })

  it('list those that are programs', () => {
    const listed = codeCases.map(({ run: _run, id: _id, ...rest }) => rest)
    expect(json(join(folder, 'code.json'))).toEqual(listed)
  })
})
