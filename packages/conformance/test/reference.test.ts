import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codeCases, loadHttpCases, type RunReport, runHttpCases } from '../src/index.ts'
import { type Listening, startReference } from './subjects/reference.ts'

const cases = [...loadHttpCases(join(import.meta.dirname, '../../../conformance/cases/http')), ...codeCases]
const isRate = ({ name }: { readonly name: string }): boolean => name === 'rate_limit_without_retry_after'
const others = (report: RunReport) =>
  report.results
    .filter(({ status }) => status !== 'pass')
    .map(({ name, status, messages }) => `${status} ${name}: ${messages.join('; ')}`)

describe.each([
  { what: 'with a key of its own', serverKey: true },
  { what: 'without a key of its own', serverKey: false },
])('the reference server $what', ({ serverKey }) => {
  const applicable = cases.filter((each) => !isRate(each) && (each.needs?.server_key ?? serverKey) === serverKey)
  // What does not depend on the key is asked once.
  const chosen = serverKey
    ? applicable
    : applicable.filter(({ needs, capability }) => needs || capability === 'erasure')
  let server: Listening
  beforeAll(async () => {
    server = await startReference({ serverKey })
  })
  afterAll(() => server.stop())

  it('passes every case', async () => {
    const report = await runHttpCases({ url: server.url, keys: server.keys, cases: chosen })
    expect(others(report)).toEqual([])
    expect(report.counts.pass).toBe(chosen.length)
  })
})

describe('the reference server with a limit of requests', () => {
  let server: Listening
  beforeAll(async () => {
    server = await startReference({ rate: { requests: 100, seconds: 60 } })
  })
  afterAll(() => server.stop())

  it('says when to come back', async () => {
    const report = await runHttpCases({ url: server.url, keys: server.keys, cases: cases.filter(isRate) })
    expect(others(report)).toEqual([])
  })
})
