import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { codeCases, loadHttpCases, type RunReport, runHttpCases } from '../src/index.ts'
import {
  startCutting,
  startEchoing,
  startEndless,
  startPages,
  startRedirecting,
  startSilent,
} from './subjects/bad-servers.ts'
import type { Listening } from './subjects/reference.ts'

const cases = [...loadHttpCases(join(import.meta.dirname, '../../../conformance/cases/http')), ...codeCases]
/** For one answer: few seconds where none comes, many where each comes at once, however slow the machine is. */
const [hasty, patient] = [0.5, 30].map((seconds) => ({ seconds, octets: 1024 * 1024 }))

const against = async (
  start: () => Promise<Listening>,
  chosen = cases,
  { keys = {}, bounds = patient } = {},
): Promise<RunReport> => {
  const server = await start()
  try {
    return await runHttpCases({
      url: server.url,
      keys,
      cases: chosen,
      bounds,
      capabilities: ['core', 'batch', 'journal', 'query'],
    })
  } finally {
    await server.stop()
  }
}
const named = (word: string) => cases.filter(({ name }) => name.startsWith(word))

describe('a run of the suite ends with a verdict', () => {
  it('where nobody answers: it gives up after a few requests', async () => {
    const report = await against(startSilent, cases, { bounds: hasty })
    expect(report.outcomes).toHaveLength(cases.length)
    expect(report.counts.pass).toBe(0)
    const asked = report.outcomes.filter(({ status }) => status !== 'not_applicable')
    expect(asked[0]?.messages).toEqual(['no whole answer within 0.5 s'])
    expect(
      report.outcomes.filter(({ messages }) => messages[0] === 'the server has stopped answering').length,
    ).toBeGreaterThan(400)
  })

  it('where nobody listens', async () => {
    const server = await startPages()
    await server.stop()
    const report = await runHttpCases({ url: server.url, cases: named('discovery') })
    expect(report.counts).toMatchObject({ pass: 0, fail: 4 })
    expect(report.outcomes[0]?.messages).toEqual(['no answer: ECONNREFUSED'])
  })

  it('where everything is a page', async () => {
    const report = await against(
      startPages,
      cases.filter(({ name }) => !/^(stream|rate|parallel)/.test(name)),
    )
    // Whatever is sent to it, it does not fall over.
    const passed = report.outcomes.filter(({ status }) => status === 'pass')
    expect(passed.filter(({ requirement }) => requirement !== 'AR-HTTP-003')).toEqual([])
  })

  it('where connections are cut', async () => {
    const report = await against(startCutting, named('get'))
    expect(report.counts.pass).toBe(0)
    expect(report.outcomes[0]?.messages).toEqual([
      'request 1 of 2, which prepares: the connection was closed before the end of the answer',
    ])
  })

  it('where every answer is a redirection: none is followed', async () => {
    const report = await against(startRedirecting, named('get'))
    expect(report.counts.pass).toBe(0)
    expect(report.outcomes[0]?.messages[0]).toMatch(/: answered 307, expected /)
  })

  it('where answers have no end: they are cut at a size', async () => {
    const report = await against(() => startEndless(false), named('discovery'))
    expect(report.counts.pass).toBe(0)
    expect(report.outcomes[0]?.messages).toEqual(['the answer is longer than 1048576 octets'])
  })

  it('where answers trickle: they are cut at a time', async () => {
    const report = await against(() => startEndless(true), named('discovery'), { bounds: hasty })
    expect(report.counts.pass).toBe(0)
    expect(report.outcomes[0]?.messages).toEqual(['no whole answer within 0.5 s'])
  })

  it('without a key or a sign that steers terminals in it', async () => {
    const keys = { main: 'ark_main0000_secret-of-main', other: 'ark_other000_secret-of-other' }
    const report = await against(
      startEchoing,
      cases.filter(({ name }) => !/^(stream|rate)/.test(name)),
      { keys },
    )
    const text = JSON.stringify(report.outcomes)
    expect(report.counts.fail).toBeGreaterThan(50)
    expect(text).not.toMatch(/secret-of/)
    expect(text).toContain('‹key›')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    expect(report.outcomes.map(({ messages }) => messages.join(' ')).join(' ')).not.toMatch(/[\u0000-\u001f\u202e]/)
  })
})
