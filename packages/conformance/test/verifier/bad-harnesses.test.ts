import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type CaseOutcome, loadProfile } from '../../src/suite/index.ts'
import { harnessEnvironment, testVerifier, type VerifierResult } from '../../src/verifier/index.ts'

const program = join(import.meta.dirname, 'bad-harness.mjs')
const profile = loadProfile('1.0')
const vectors = ['vectors/hash/digest', 'vectors/hash/pae']
const ALL = 11

const against = (words: readonly string[], more: Partial<Parameters<typeof testVerifier>[0]> = {}) =>
  testVerifier({
    harness: {
      command: [process.execPath, program, ...words],
      environment: harnessEnvironment({ ...process.env, AGENT_RUN_KEY: 'a secret of 5 words' }, []),
      startSeconds: 30,
      answerSeconds: words[0] === 'silent' ? 3 : 30,
    },
    seconds: 60,
    profile,
    level: undefined,
    only: vectors,
    seed: 'same',
    shellLine: 'harness',
    ...more,
  })

const count = ({ outcomes }: VerifierResult, status: CaseOutcome['status']): number =>
  outcomes.filter((each) => each.status === status).length
const failures = ({ outcomes }: VerifierResult): readonly CaseOutcome[] =>
  outcomes.filter(({ status }) => status === 'fail')

describe('a harness that is right', () => {
  it('passes', async () => {
    const result = await against(['right'])
    expect(result).toMatchObject({
      name: 'half good',
      version: '1',
      capabilities: ['recorded', 'sealed'],
      isLate: false,
    })
    expect(result.trouble).toBeUndefined()
    expect([count(result, 'pass'), result.outcomes.length]).toEqual([ALL, ALL])
  })

  it.each([['reversed'], ['endless_noise', '3']])('may be %s', async (...words) => {
    const result = await against(words, {})
    expect(count(result, 'pass')).toBe(ALL)
    expect(result.trouble).toBeUndefined()
    expect(result.stderr.length).toBeLessThanOrEqual(4096)
  })

  it('is ended if it stays', async () => {
    const result = await against(['stays'])
    expect([count(result, 'pass'), result.isLate]).toEqual([ALL, true])
  })

  it('fails what it has not, at its level only', async () => {
    const only = ['vectors/hash/run-hash', 'vectors/trust/pattern', 'vectors/sign/sign', 'vectors/read/empty']
    const result = await against(['right'], { only })
    expect(failures(result)).toHaveLength(10)
    expect(failures(result)[0]?.messages[0]).toMatch(
      /^the harness does not have \S+, which a verifier of the level sealed/,
    )
    expect(count(result, 'not_applicable')).toBe(24)
    expect(count(await against(['right'], { only, level: 'accountable' }), 'fail')).toBe(31)
  })
})

describe('a harness that never describes itself', () => {
  it.each([
    ['silent', 'did not describe itself within 1 s'],
    ['banner', 'wrote a line to standard output that is not JSON; anything but answers goes to standard error'],
    ['endless', 'wrote a line of more than 1 MiB'],
    ['dies', 'ended with exit code 3'],
    ['closes', 'closed its standard output'],
    ['error', 'does not describe itself'],
    ['unknown_id', 'answered another request before describe'],
    ['leaves_a_child', 'ended with exit code 0'],
  ])('%s: nothing is tested', async (way, trouble) => {
    const command = [process.execPath, program, way]
    const harness = {
      command,
      environment: harnessEnvironment(process.env, []),
      startSeconds: way === 'silent' ? 1 : 30,
      answerSeconds: 1,
    }
    const result = await against([], { harness })
    expect(result.trouble).toBe(trouble)
    expect(count(result, 'untestable')).toBe(ALL)
    expect(result.name).toBeNull()
  })

  it('because there is none', async () => {
    const harness = { command: ['/no/such/program'], environment: {}, startSeconds: 1, answerSeconds: 1 }
    expect((await against([], { harness })).trouble).toBe('could not be started (ENOENT)')
  })
})

/** What comes of a harness that dies of each request. */
let ofDying: Promise<VerifierResult> | undefined
const dying = (): Promise<VerifierResult> => {
  ofDying ??= against(['dies_of_anything', '1'], { only: ['vectors/hash'], level: 'sealed' })
  return ofDying
}

describe('a harness that breaks the rules on the way', () => {
  it.each<[string, string | RegExp, string[]?]>([
    ['silent', 'the harness gave no answer within 3 s', ['vectors/hash/pae']],
    ['garbage', /^the harness wrote a line to standard output that is not JSON/],
    ['unknown_id', 'the harness answered a request that was not sent'],
    ['endless', 'the harness wrote a line of more than 1 MiB'],
    ['endless_answers', 'the harness answered a request twice'],
    ['dies', 'the harness ended with exit code 3'],
    ['closes', 'the harness closed its standard output'],
    ['leaves_a_child', 'the harness ended with exit code 0'],
  ])('%s at the second request of each life: the rest is judged', async (way, message, only = vectors) => {
    const result = await against([way, '2'], { only })
    const all = result.outcomes.length
    // In the first life several requests may be open, which tells nothing; of each life after it, one vector fails.
    expect(failures(result).length).toBeGreaterThan(0)
    expect(failures(result).length).toBeLessThan(all / 2 + 1)
    expect(count(result, 'pass')).toBe(all - failures(result).length)
    for (const { messages } of failures(result)) expect(messages).toEqual([expect.stringMatching(message)])
  })

  it('answers twice: the vector that it answered twice fails, although it was right', async () => {
    const result = await against(['twice', '2'])
    expect(failures(result).length).toBeGreaterThan(0)
    for (const { messages } of failures(result)) expect(messages).toEqual(['the harness answered a request twice'])
    expect(count(result, 'pass')).toBe(ALL - failures(result).length)
  })

  it('is started again twenty times, then the rest is left', async () => {
    const result = await dying()
    const why = (status: string) =>
      new Set(result.outcomes.filter((each) => each.status === status).flatMap(({ messages }) => messages))
    expect(why('fail')).toEqual(new Set(['the harness ended with exit code 4']))
    expect(count(result, 'fail')).toBe(19)
    expect(why('untestable')).toEqual(new Set(['not played: the harness broke down 20 times']))
    expect(count(result, 'untestable')).toBe(66 - 19)
  })

  it('is heard out: the last of its standard error is kept', async () => {
    expect(await against(['dies', '1'])).toMatchObject({
      trouble: 'ended with exit code 3',
      stderr: expect.stringContaining('out of luck'),
    })
  })

  it('is ended when the time for everything is up', async () => {
    const slow = {
      command: [process.execPath, program, 'silent', '5'],
      environment: {},
      startSeconds: 20,
      answerSeconds: 20,
    }
    const result = await against([], { harness: slow, seconds: 2 })
    expect(result.trouble).toBe('was still at it when the time was up')
    expect(failures(result)).toEqual([])
    expect(count(result, 'untestable')).toBeGreaterThan(0)
    expect(result.outcomes).toHaveLength(ALL)
  })
})

describe('a harness that breaks down, and not over one request alone', () => {
  it.each([
    [
      'alone',
      /^the harness ended with exit code 9, while [2-8] requests were unanswered; sent one at a time they were/,
    ],
    ['last_words', /^the harness wrote a line to standard output that is not JSON.*, at the end of its input$/],
    ['last_breath', /^the harness ended with exit code 3, at the end of its input$/],
  ])('%s: every vector passes, and nothing is proven', async (way, message) => {
    const { outcomes, trouble } = await against([way])
    expect(trouble).toBeDefined()
    expect(outcomes.slice(0, ALL).every(({ status }) => status === 'pass')).toBe(true)
    expect(outcomes.slice(ALL)).toEqual([
      expect.objectContaining({
        id: 'verifier/keeps_the_protocol',
        status: 'untestable',
        messages: [expect.stringMatching(message)],
      }),
    ])
    expect(outcomes.slice(0, ALL).map(({ requirement }) => requirement)).toContain(outcomes[ALL]?.requirement)
  })

  it('is not said where a request that was open is the reason', async () => {
    const { outcomes } = await dying()
    expect(outcomes.filter(({ id }) => id === 'verifier/keeps_the_protocol')).toEqual([])
  })
})

describe('an optional operation', () => {
  const only = ['vectors/tree/consistency']

  it('may be missing', async () => {
    for (const way of ['right', 'declines'])
      expect(new Set((await against([way], { only })).outcomes.map(({ status }) => status))).toEqual(
        new Set(['not_applicable']),
      )
  })

  it.each([['boasts'], ['picks', '1']])('is not missing for some vectors only: %s', async (...words) => {
    const result = await against(words, { only })
    const declined = failures(result).filter(({ messages }) =>
      /^the harness has tree.consistency, and/.test(messages[0]!),
    )
    expect(declined).toHaveLength(result.outcomes.length - (words[0] === 'picks' ? 1 : 0))
    expect(declined.length).toBeGreaterThan(2)
    expect(count(result, 'not_applicable')).toBe(0)
    expect(result.capabilities).toContain('log')
  })
})

describe('what a harness started', () => {
  it('is ended with it', async () => {
    const { stderr } = await against(['leaves_a_child', '1'])
    const pid = /child (\d+)/.exec(stderr)?.[1]
    expect(pid).toBeDefined()
    // A process that ended and that nobody has asked about is a zombie, Z.
    const state = (): string => spawnSync('ps', ['-o', 'stat=', '-p', pid!], { encoding: 'utf8' }).stdout.trim()
    // The test ends in time if it stays.
    while (!/^(Z.*)?$/.test(state())) await new Promise((resolve) => setTimeout(resolve, 50))
  })
})

describe('what a harness says', () => {
  it('is never repeated: wrong types, control characters, its environment', async () => {
    for (const way of ['wrong_type', 'environment', 'error']) {
      const result = await against([way, '1'])
      expect(failures(result)).toHaveLength(1)
      expect(JSON.stringify(failures(result)[0]?.messages)).toMatch(
        /^\["(expected (sha256:)?[^"]{1,140}, found an? (list|object) of \d+( members)?|the harness reports that the verifier broke down)"\]$/,
      )
    }
  })

  it('has no secret in it: the environment is what programs need to start', () => {
    const given = { PATH: '/bin', HOME: '/root', AGENT_RUN_KEY: 'x', AWS_SECRET_ACCESS_KEY: 'y', NODE_OPTIONS: 'z' }
    expect(harnessEnvironment(given, [])).toEqual({ PATH: '/bin', HOME: '/root' })
    expect(harnessEnvironment(given, ['NODE_OPTIONS', 'NOT_THERE'])).toEqual({
      PATH: '/bin',
      HOME: '/root',
      NODE_OPTIONS: 'z',
    })
  })
})
