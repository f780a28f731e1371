import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Report } from '../../src/suite/index.ts'
import { callConformance, emptyFolder, keysInEnvironment } from '../command.ts'
import {
  startCutting,
  startDroppingMalformed,
  startEchoing,
  startEndless,
  startFallingSilent,
  startHangingUp,
  startHuge,
  startPages,
  startRedirecting,
  startSilent,
} from '../subjects/bad-servers.ts'
import type { Listening } from '../subjects/reference.ts'

const keys = { main: 'ark_main0000_secret-of-main', other: 'ark_other000_secret-of-other' }
const FORMATS = ['report', 'junit', 'markdown', 'badge', 'html', 'record']

/**
 * The program against a server: how it ended, its report, and everything that it wrote.
 * @param seconds for one answer: few where none comes, many where each comes at once, however slow the machine is
 */
const against = async (start: () => Promise<Listening>, seconds = 30) => {
  const server = await start()
  const folder = emptyFolder()
  try {
    const files = FORMATS.map((name) => [`--${name}`, join(folder, name)])
    const args = [
      'server',
      '--url',
      server.url,
      '--request-timeout',
      String(seconds),
      '--format',
      'pretty',
      ...files.flat(),
    ]
    const { code, stdout, stderr } = await callConformance(args, { env: keysInEnvironment(keys) })
    const texts = code === 2 && stdout === '' ? [] : FORMATS.map((name) => readFileSync(join(folder, name), 'utf8'))
    const report = texts[0] === undefined ? undefined : (JSON.parse(texts[0]) as Report)
    return { code, stdout, stderr, url: server.url, report, everything: [stdout, stderr, ...texts].join('\n') }
  } finally {
    await server.stop()
  }
}

describe('a server that cannot be tested ends the program with 2 and a sentence', () => {
  it('where nobody listens', async () => {
    const { code, stdout, stderr, url } = await against(async () => {
      const server = await startPages()
      await server.stop()
      return { ...server, stop: async () => {} }
    })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toBe(`agent-run-conformance: nothing could be tested at ${url}: no answer: ECONNREFUSED\n`)
  })

  it('where nobody answers', async () => {
    const { code, stderr } = await against(startSilent, 0.5)
    expect(code).toBe(2)
    expect(stderr).toMatch(/: no whole answer within 0\.5 s\n$/)
  })

  it('where connections are closed without a word', async () => {
    const { code, stderr } = await against(startHangingUp)
    expect(code).toBe(2)
    expect(stderr).toMatch(/: closed the connection without answering\n$/)
  })
})

describe('a server with nothing of the standard has findings, in bounded time', () => {
  it.each([
    { what: 'a page for everything', start: startPages },
    { what: 'connections that are cut in an answer', start: startCutting },
    { what: 'redirections', start: startRedirecting },
    { what: 'answers without end', start: () => startEndless(false), seconds: 0.5 },
    { what: 'answers that trickle', start: () => startEndless(true), seconds: 0.5 },
    { what: 'answers of five gigabytes', start: startHuge, seconds: 0.5 },
    { what: 'nothing after the first answer', start: startFallingSilent, seconds: 0.5 },
  ])('$what', async ({ start, seconds }) => {
    const { code, stderr, report } = await against(start, seconds)
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    expect(report?.verdict).toBe('fail')
    expect(report?.cases.filter(({ suite_fault }) => suite_fault)).toEqual([])
    const kept = report?.requirements.filter(({ status }) => status === 'pass').map(({ requirement }) => requirement)
    expect(kept?.length).toBeLessThan(4)
    expect(report?.counts.fail).toBeGreaterThan(0)
  })

  it('a connection that is closed for every malformed body: findings, and no end', async () => {
    const { code, report } = await against(startDroppingMalformed)
    expect(code).toBe(1)
    const cases = report?.cases ?? []
    expect(cases.filter(({ messages }) => messages.some((text) => /stopped answering/.test(text)))).toEqual([])
    const crashed = cases.filter(({ id }) => id.startsWith('http/crash/crash_not_json'))
    expect(crashed.map(({ status, messages }) => [status, messages])).toEqual([
      ['fail', ['closed the connection without answering']],
    ])
    expect(
      cases.filter(({ messages }) => messages[0] === 'closed the connection without answering').length,
    ).toBeGreaterThan(8)
    const several = cases.find(({ replay }) => replay !== undefined)
    expect(several?.replay).toMatch(/^agent-run-conformance server --url 'http:\/\/127\.0\.0\.1:\d+' --only 'http\//)
  })

  it('the key in every answer: nowhere in what is written', async () => {
    const { code, everything } = await against(startEchoing)
    expect(code).toBe(1)
    expect(everything).not.toMatch(/secret-of/)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    expect(everything).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202e]/)
  })
})
