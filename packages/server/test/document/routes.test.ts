import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AgentRunError, runParameters } from '@agent-run/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { section, tableRows } from '../../../../scripts/markdown.mjs'
import { problemOf } from '../../src/app/faults.ts'
import { titleOf } from '../../src/app/problem-titles.ts'
import { startServer, type TestServer } from '../http/start-app.ts'
import { document, operations, root } from './document.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

describe('the document', () => {
  it('has the routes of the server, and no others', () => {
    const served = server.app.operations.map(({ method, path }) => `${method} ${path}`)
    expect(operations.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(served.sort())
  })

  it('has the capabilities that the server declares', async () => {
    const { capabilities, limits } = (await server.app.inject('/.well-known/agent-run')).json()
    expect(new Set(capabilities)).toEqual(new Set(operations.map(({ capability }) => capability)))
    const page = operations.find(({ id }) => id === 'listRuns')?.parameters.find(({ name }) => name === 'limit')
    expect(page?.schema.maximum).toBe(limits.page)
  })

  it('asks for the scopes that the routes ask for', () => {
    const asked = Object.fromEntries(operations.map(({ id, open, scopes }) => [id, open ? ['none'] : scopes]))
    const wanted = operations.map(({ id, method, path }) => {
      const route = server.app.operations.find((each) => each.method === method && each.path === path)
      return [id, [route?.scope].flat()]
    })
    expect(asked).toEqual(Object.fromEntries(wanted))
  })

  it('says for every operation what the chapter says', () => {
    const chapter = readFileSync(join(root, 'spec/http.md'), 'utf8')
    const rows: Record<string, string[]> = {}
    for (const { cells } of tableRows(section(chapter, 'Operations'))) {
      const [operation, , capability, scope] = cells.map((cell: string) => cell.replaceAll('`', ''))
      rows[operation] = [capability, scope.split(',')[0]]
    }
    const documented = operations.map(({ method, path, capability, open, scopes }) => [
      `${method} ${path}`,
      [capability, open ? 'none' : scopes.join(' and ')],
    ])
    expect(Object.fromEntries(documented)).toEqual(rows)
  })

  it('gives every operation an answer for each of its problems', () => {
    for (const { id, ownProblems, answers } of operations) {
      const statuses = [...answers.keys()].filter((status) => Number(status) >= 400)
      expect(statuses.sort(), id).toEqual(Object.keys(ownProblems).sort())
    }
  })

  it('has the filters of core/query, with their values', () => {
    const listed = operations.find(({ id }) => id === 'listRuns')
    const described = listed?.parameters
      .filter(({ name }) => !['limit', 'cursor'].includes(name))
      .map(({ name, schema }) => ({
        name,
        values: schema.enum,
        repeatable: schema.type === 'array',
      }))
    const known = runParameters.map(({ name, values, repeatable = false }) => ({ name, values, repeatable }))
    const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1)
    expect(described?.sort(byName)).toEqual(known.sort(byName))
  })
})

describe('problems', () => {
  /** Status and code of every `problem(…)` in the sources of the server. */
  const emitted = (): Set<string> => {
    const folder = join(root, 'packages/server/src')
    const pairs = new Set<string>()
    for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (!entry.endsWith('.ts')) continue
      const source = readFileSync(join(folder, entry), 'utf8')
      for (const [, status, code] of source.matchAll(/\bp(?:arameterP)?roblem\(\s*(\d{3}),\s*'([a-z_.]+)'/g))
        pairs.add(`${status} ${code}`)
    }
    // What a store says of itself becomes a problem in one place.
    const [, faults = ''] =
      /^export type StoreFault =(.*)$/m.exec(readFileSync(join(folder, 'store/store.ts'), 'utf8')) ?? []
    for (const [, fault = ''] of faults.matchAll(/'([a-z_.]+)'/g)) {
      const { status, code } = problemOf(new AgentRunError(fault, 'a fault of the store'))
      pairs.add(`${status} ${code}`)
    }
    return pairs
  }
  const pairsOf = (problems: Readonly<Record<string, readonly string[]>>): string[] =>
    Object.entries(problems).flatMap(([status, codes]) => codes.map((code) => `${status} ${code}`))

  it('are documented with the status that they are answered with, and answered if documented', () => {
    const documented = new Set(
      [document['x-problems'], ...operations.map(({ ownProblems }) => ownProblems)].flatMap(pairsOf),
    )
    expect([...documented].sort()).toEqual([...emitted()].sort())
  })

  it('have a title', () => {
    for (const { problems } of operations) {
      for (const code of [...problems.values()].flat()) expect(titleOf(code)).not.toBe(code)
    }
  })
})
