import type { AgentRun } from '@agent-run/types'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AgentRunError } from '../../src/errors.ts'
import { argumentsHash, type PrivateKind, privateMembers } from '../../src/hash/index.ts'
import {
  checkSignature,
  documentHash,
  erase,
  privateStates,
  protect,
  protectObject,
  recordHash,
  requestHash,
  sealRun,
  stepsRoot,
} from '../../src/seal/index.ts'
import { validate } from '../../src/validate/index.ts'
import {
  AT,
  changed,
  counting,
  person,
  protectedRun,
  richRun,
  runtime,
  sealedRun,
  signAnyway,
  step,
} from './records.ts'

const codeOf = (attempt: () => unknown): string => {
  try {
    attempt()
  } catch (error) {
    if (error instanceof AgentRunError) return error.code
    throw error
  }
  return 'none'
}

const everyPath = ['', '/steps/0', '/steps/0/side_effects/0', '/approvals/0', '/policy_decisions/0', '/artifacts/0']

describe('protecting', () => {
  it('gives everything that has private members a salt of its own and a private_hash', () => {
    const run = protectedRun(1)
    expect(privateStates(run)).toEqual([
      { path: '', kind: 'run', state: 'whole' },
      { path: '/steps/0', kind: 'step', state: 'whole' },
      { path: '/steps/0/side_effects/0', kind: 'side_effect', state: 'whole' },
      { path: '/approvals/0', kind: 'approval', state: 'whole' },
      { path: '/policy_decisions/0', kind: 'policy_decision', state: 'whole' },
      { path: '/artifacts/0', kind: 'artifact', state: 'whole' },
    ])
    const salts = JSON.stringify(run).match(/"salt":"[0-9a-f]{64}"/g)
    expect(new Set(salts).size).toBe(6)
    expect(validate(run).findings).toEqual([])
  })

  it('changes nothing else, and not the run given', () => {
    const run = richRun()
    const before = structuredClone(run)
    const bare = JSON.stringify(protect(run), (name, value) => (/^(salt|private_hash)$/.test(name) ? undefined : value))
    expect(run).toEqual(before)
    expect(JSON.parse(bare)).toEqual(before)
  })

  it('takes random salts of 32 bytes unless told otherwise', () => {
    const salts = [1, 2].map(() => protectObject('step', step('s')).salt)
    for (const salt of salts) expect(salt).toMatch(/^[0-9a-f]{64}$/)
    expect(salts[0]).not.toBe(salts[1])
    expect(() => protectObject('step', step('s'), () => new Uint8Array(31))).toThrow(RangeError)
  })

  it('keeps what is protected, and the salt of a step that its arguments_hash was made with', () => {
    const once = protectedRun()
    expect(protect(once)).toEqual(once)
    const salt = 'ab'.repeat(32)
    const call = protectObject('step', step('s', { salt, arguments_hash: argumentsHash({ id: 's' }, salt) }))
    expect(call.salt).toBe(salt)
    expect(call.arguments_hash).toBe(argumentsHash({ id: 's' }, call.salt!))
  })

  it('leaves alone what has nothing private, and what is signed already', async () => {
    const plain = { id: 's', type: 'message', started_at: null } as const
    const signed = await signAnyway(
      'approval',
      { approval_id: 'a', event: 'denied', at: AT, reason: 'no' } as const,
      person,
    )
    const run = protect({ ...richRun(), steps: [plain], approvals: [signed] })
    expect(run.steps[0]).toEqual(plain)
    expect(checkSignature('approval', run.approvals![0]!)).toBe('pass')
  })

  it('refuses a sealed record', async () => {
    const sealed = await sealedRun()
    expect(codeOf(() => protect(sealed))).toBe('seal.already_sealed')
  })

  it('leaves alone what somebody else has named by its hash: handoffs, and requests that a signed decision answers', async () => {
    const handoff = step('h', { type: 'handoff', child_run_id: 'c', delegation_id: 'd' })
    const request = { approval_id: 'ap-1', event: 'requested', at: AT, reason: 'why' } as const
    const decision = await signAnyway('approval', { ...request, event: 'approved' as const }, person)
    const run = { ...richRun(1), steps: [step('s'), handoff], approvals: [request, decision] }
    const { steps, approvals } = protect(run)
    expect(steps[0]).toMatchObject({ private_hash: expect.any(String) })
    expect(steps[1]).toEqual(handoff)
    expect(approvals).toEqual([request, decision])
  })
})

describe('states', () => {
  const stateOf = (change: (object: Record<string, unknown>) => unknown): string | undefined => {
    const run = changed(protectedRun(1), (copy) => change(copy.steps[0]))
    return privateStates(run).find(({ path }) => path === '/steps/0')?.state
  }

  it('are exactly two legal ones', () => {
    expect(stateOf(() => undefined)).toBe('whole')
    const members = ['salt', 'input_preview', 'output_preview']
    const empty = (object: object): unknown => members.map((member) => Reflect.deleteProperty(object, member))
    expect(stateOf(empty)).toBe('erased')
    expect(stateOf((object) => Reflect.deleteProperty(object, 'private_hash'))).toBeUndefined()
  })

  it.each<[string, (object: Record<string, unknown>) => unknown]>([
    ['private_hash null', (object) => Object.assign(object, { private_hash: null })],
    ['salt missing', (object) => Reflect.deleteProperty(object, 'salt')],
    ['salt null', (object) => Object.assign(object, { salt: null })],
    ['another salt', (object) => Object.assign(object, { salt: '0'.repeat(64) })],
    ['a preview changed', (object) => Object.assign(object, { input_preview: 'forged' })],
    ['a preview missing', (object) => Reflect.deleteProperty(object, 'output_preview')],
    ['private metadata added', (object) => Object.assign(object, { metadata: {} })],
    ['private member null', (object) => Object.assign(object, { error: null })],
    ['another private_hash', (object) => Object.assign(object, { private_hash: `sha256:${'0'.repeat(64)}` })],
  ])('%s is neither', (_, change) => {
    expect(stateOf(change)).toBe('broken')
  })

  it('a forged preview on an erased object is neither, for every private member of every kind', () => {
    const { run } = erase(protectedRun(1), everyPath)
    const places: [string, PrivateKind, (copy: AgentRun) => object][] = [
      ['', 'run', (copy) => copy],
      ['/steps/0', 'step', (copy) => copy.steps[0]!],
      ['/steps/0/side_effects/0', 'side_effect', (copy) => copy.steps[0]!.side_effects![0]!],
      ['/approvals/0', 'approval', (copy) => copy.approvals![0]!],
      ['/policy_decisions/0', 'policy_decision', (copy) => copy.policy_decisions![0]!],
      ['/artifacts/0', 'artifact', (copy) => copy.artifacts![0]!],
    ]
    for (const [path, kind, at] of places) {
      for (const member of privateMembers[kind]) {
        const forged = changed(run, (copy) => Object.assign(at(copy), { [member]: 'forged' }))
        const broken = privateStates(forged).filter(({ state }) => state === 'broken')
        expect(broken, `${path} ${member}`).toEqual([{ path, kind, state: 'broken' }])
      }
    }
  })

  it('elsewhere private_hash is an ordinary member', () => {
    const run = changed(protectedRun(), (copy) => {
      copy.cost.private_hash = 'x'
      copy.provenance.private_hash = null
    })
    expect(privateStates(run).filter(({ state }) => state !== 'whole')).toEqual([])
  })
})

describe('erasing', () => {
  it('of the run, approvals and all others leaves record_hash, steps_root and signatures valid', async () => {
    const sealed = await sealedRun()
    for (const chosen of [[''], ['/approvals/0'], everyPath]) {
      const { run } = erase(sealed, chosen)
      expect(recordHash(run)).toBe(sealed.provenance.record_hash)
      expect(stepsRoot(run.steps).root).toBe(sealed.provenance.steps_root)
      expect(checkSignature('run', run)).toBe('pass')
      expect(documentHash(run)).toBe(documentHash(sealed))
      expect(validate(JSON.stringify(run)).findings).toEqual([])
      const erased = privateStates(run).filter(({ state }) => state === 'erased')
      expect(erased.map(({ path }) => path)).toEqual(chosen)
    }
  })

  it('of a signed approval leaves its signature and request_hash valid', async () => {
    const request = protectObject('approval', { approval_id: 'a', event: 'requested', at: AT, reason: 'why' } as const)
    const signed = await signAnyway('approval', request, person)
    const { run } = erase({ ...richRun(), approvals: [signed] }, ['/approvals/0'])
    expect(run.approvals![0]).not.toHaveProperty('reason')
    expect(checkSignature('approval', run.approvals![0]!)).toBe('pass')
    expect(requestHash(run.approvals![0]!)).toBe(requestHash(signed))
  })

  it('drops salt and private members of what was chosen, and nothing else', async () => {
    const sealed = await sealedRun()
    const { run } = erase(sealed, ['/steps/1'])
    const expected = changed(sealed, (copy) => {
      for (const member of ['salt', ...privateMembers.step]) delete copy.steps[1][member]
    })
    expect(run).toEqual(expected)
    expect(run.steps[1]!.side_effects).toEqual(sealed.steps[1]!.side_effects)
  })

  it('tells the private_hash of each, the run first', async () => {
    const sealed = await sealedRun()
    const { private_hashes } = erase(sealed, ['/artifacts/0', '/steps/2', ''])
    expect(private_hashes).toEqual([
      sealed.private_hash,
      sealed.steps[2]!.private_hash,
      sealed.artifacts![0]!.private_hash,
    ])
  })

  it('takes a question in place of pointers', async () => {
    const sealed = await sealedRun()
    const { run, private_hashes } = erase(sealed, ({ kind }) => kind === 'side_effect')
    expect(private_hashes).toHaveLength(3)
    expect(
      privateStates(run)
        .filter(({ state }) => state === 'erased')
        .map(({ kind }) => kind),
    ).toEqual(Array(3).fill('side_effect'))
  })

  it('refuses what would leave an illegal state or hide a change', async () => {
    const sealed = await sealedRun()
    for (const path of ['/steps/9', '/steps', '/cost', '/steps/0/', 'steps/0', '/steps/00'])
      expect(
        codeOf(() => erase(sealed, [path])),
        path,
      ).toBe('erase.not_found')
    expect(codeOf(() => erase(richRun(), ['/steps/0']))).toBe('erase.unprotected')
    expect(codeOf(() => erase(richRun(), () => true))).toBe('erase.unprotected')
    const forged = changed(sealed, (copy) => Object.assign(copy.steps[0], { input_preview: 'forged' }))
    expect(codeOf(() => erase(forged, ['/steps/0']))).toBe('erase.broken')
    const saltless = changed(sealed, (copy) => delete copy.steps[0].salt)
    expect(codeOf(() => erase(saltless, ['/steps/0']))).toBe('erase.broken')
  })

  it('can be done again, one object after the other', async () => {
    const sealed = await sealedRun()
    const once = erase(sealed, ['', '/steps/0'])
    expect(erase(once.run, ['', '/steps/0'])).toEqual(once)
  })

  it('of any objects keeps the seal and leaves only legal states', async () => {
    const sealed = await sealRun(
      protect({ ...richRun(4), steps: [step('a'), step('b'), step('c')] }, { random: counting() }),
      {
        signer: runtime,
        at: AT,
      },
    )
    const paths = privateStates(sealed).map(({ path }) => path)
    fc.assert(
      fc.property(fc.subarray(paths), (chosen) => {
        const { run, private_hashes } = erase(sealed, chosen)
        const states = privateStates(run)
        expect(states.filter(({ state }) => state === 'erased').map(({ path }) => path)).toEqual(chosen)
        expect(states.filter(({ state }) => state === 'broken')).toEqual([])
        expect(private_hashes).toHaveLength(chosen.length)
        expect(recordHash(run)).toBe(sealed.provenance.record_hash)
        expect(stepsRoot(run.steps).root).toBe(sealed.provenance.steps_root)
        expect(checkSignature('run', run)).toBe('pass')
      }),
    )
  })
})
