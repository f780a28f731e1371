import { describe, expect, it, vi } from 'vitest'
import { type Ask, createRecorder, type Policy, type ProposedCall, type RecorderOptions } from '../../src/index.ts'
import { expectSound, setUp, signer } from './setup.ts'

const yes = { decision: 'approved' as const, actor: { kind: 'human' as const, id: 'u-17' } }
const needsPerson: Policy = () => ({ verdict: 'require_approval' })

const begin = (options: RecorderOptions) => {
  const { options: whole, faults } = setUp({ signer: signer(), ...options })
  return { run: createRecorder({ agent_id: 'release-bot' }, whole), faults }
}

class Target {
  #to = 'staging'
  set(to: string) {
    this.#to = to
  }
  get to() {
    return this.#to
  }
}
const cycle: { self?: unknown } = {}
cycle.self = cycle
let flips = 0

/** What JSON cannot say: two of these could look the same to whoever is asked. */
const inexact: [string, unknown][] = [
  ['a Map', { to: new Map([['to', 'staging']]) }],
  ['a Set', new Set(['staging'])],
  ['a RegExp', { to: /staging/ }],
  ['a Date', { when: new Date(0) }],
  ['bytes', { to: new Uint8Array([1]) }],
  ['an ArrayBuffer', { to: new Uint8Array([1]).buffer }],
  ['an instance of a class', new Target()],
  ['a function', () => 1],
  ['a member that is a function', { toJSON: () => ({ to: 'staging' }) }],
  ['undefined', { to: undefined }],
  ['NaN', { count: Number.NaN }],
  ['Infinity', [Number.POSITIVE_INFINITY]],
  ['a BigInt', { count: 10n }],
  ['a symbol', { [Symbol('to')]: 1 }],
  ['a cycle', cycle],
  ['a hole', new Array(2)],
  ['a list with members of its own', Object.assign(['a'], { to: 'production' })],
  ['a hidden member', Object.defineProperty({}, 'to', { value: 'staging', enumerable: false })],
  [
    'a getter',
    {
      get to() {
        return flips++ > 0 ? 'production' : 'staging'
      },
    },
  ],
  [
    'a proxy that throws',
    new Proxy(
      {},
      {
        ownKeys() {
          throw new Error('trap')
        },
      },
    ),
  ],
]

describe('a guarded call with arguments that JSON cannot say', () => {
  it.each(inexact)('is refused before anybody is asked: %s', async (_, args) => {
    const ask = vi.fn<Ask>(() => yes)
    const policy = vi.fn<Policy>(() => ({ verdict: 'require_approval' }))
    const { run } = begin({ ask, policy })
    const execute = vi.fn()
    const refused = run.toolCall({ tool_name: 'deploy', arguments: args }, execute)
    await expect(refused).rejects.toMatchObject({ reason: 'cancelled', message: expect.stringContaining('plain JSON') })
    expect(execute).not.toHaveBeenCalled()
    expect(policy).not.toHaveBeenCalled()
    expect(ask).not.toHaveBeenCalled()
    const record = await run.end()
    expect(record.steps).toMatchObject([{ status: 'denied', error_type: 'permission_denied' }])
    expect(record.steps[0]?.arguments_hash).toBeUndefined()
    expectSound(run, record)
  })

  it.each(inexact)('runs where nobody guards it, without a hash: %s', async (_, args) => {
    const { run, faults } = begin({})
    expect(await run.toolCall({ tool_name: 'deploy', arguments: args }, (given) => given === args)).toBe(true)
    const record = await run.end()
    expect(record.steps[0]?.status).toBe('succeeded')
    expect(record.steps[0]?.arguments_hash).toBeUndefined()
    expect(faults).toEqual([])
    expectSound(run, record)
  })

  it.each(inexact.filter(([, args]) => typeof args === 'object'))(
    'is refused if policy or person put them there: %s',
    async (_, args) => {
      for (const options of [
        { policy: needsPerson, ask: () => ({ ...yes, arguments: args }) },
        { policy: () => ({ verdict: 'modify' as const, arguments: args }) },
      ]) {
        const { run, faults } = begin(options)
        const execute = vi.fn()
        await expect(run.toolCall({ tool_name: 'deploy', arguments: {} }, execute)).rejects.toThrow()
        expect(execute).not.toHaveBeenCalled()
        expect(faults.length).toBe(1)
        expectSound(run, await run.end())
      }
    },
  )
})

describe('a guarded call', () => {
  it('runs with one frozen copy, made before anybody was asked', async () => {
    const args = JSON.parse('{"a":{"b":[1,{"__proto__":{"c":true}}]},"n":-0,"big":1e300,"lone":"\\ud800"}') as {
      a: { b: unknown[] }
    }
    const before = structuredClone(args)
    const { run } = begin({
      policy: () => {
        args.a.b.push('later')
        return { verdict: 'allow' }
      },
    })
    const ran = await run.toolCall({ tool_name: 'deploy', arguments: args }, (given) => given)
    expect(JSON.stringify(ran)).toBe(JSON.stringify(before))
    expect([ran, ran.a, ran.a.b, ran.a.b[1]].every((value) => Object.isFrozen(value))).toBe(true)
    const record = await run.end()
    expect(record.steps[0]?.arguments_hash).toMatch(/^sha256:/)
    expectSound(run, record)
  })

  it('takes plain objects without a prototype, and a call without arguments', async () => {
    const { run } = begin({ policy: () => ({ verdict: 'allow' }) })
    const bare: { to: string } = Object.assign(Object.create(null), { to: 'staging' })
    expect(await run.toolCall({ tool_name: 'deploy', arguments: bare }, ({ to }) => to)).toBe('staging')
    expect(await run.toolCall({ tool_name: 'status' }, (args) => args)).toBeUndefined()
    expectSound(run, await run.end())
  })

  it('shows policy and person a copy each, which they cannot change', async () => {
    const seen: ProposedCall[] = []
    const { run } = begin({
      policy: (call) => {
        seen.push(call)
        return { verdict: 'require_approval' }
      },
      ask: ({ call }) => {
        seen.push(call)
        return yes
      },
    })
    await run.toolCall({ tool_name: 'push', arguments: { force: true } }, () => 1)
    expect(seen[0]).toEqual(seen[1])
    expect(seen[0]).not.toBe(seen[1])
    expect(seen[0]?.arguments).not.toBe(seen[1]?.arguments)
    for (const call of seen) expect(Object.isFrozen(call) && Object.isFrozen(call.arguments)).toBe(true)
  })

  it('is not run by a policy that tries to change what it was shown', async () => {
    const { run } = begin({
      policy: ({ arguments: args }) => {
        ;(args as { force: boolean }).force = false
        return { verdict: 'allow' }
      },
    })
    await expect(run.toolCall({ tool_name: 'push', arguments: { force: true } }, () => 1)).rejects.toMatchObject({
      reason: 'blocked',
    })
  })
})
