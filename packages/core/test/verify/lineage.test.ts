import { describe, expect, it } from 'vitest'
import { sealBatch, sealRun, signObject } from '../../src/seal/index.ts'
import {
  conflictOf,
  D1,
  ENTRY,
  entryOf,
  family,
  handoff,
  lineageOf,
  linkOf,
  noon,
  result,
  runOf,
  runtime,
  sealed,
  states,
  stranger,
  unknownOf,
  verdict,
} from './family.ts'

describe('a delegated child', () => {
  it('is mutual if leaf and handoff_result name each other', async () => {
    const { parent, child } = await family()
    const fromChild = lineageOf(child, [parent])
    expect(fromChild).toMatchObject({ result: 'pass', compared: 1 })
    expect(fromChild.edges).toEqual([
      { parent_run_id: 'parent', child_run_id: 'child', delegation_id: D1, state: 'mutual', path: ENTRY },
    ])
    const fromParent = lineageOf(parent, [child])
    expect(fromParent.result).toBe('pass')
    expect(fromParent.edges).toEqual([
      { parent_run_id: 'parent', child_run_id: 'child', delegation_id: D1, state: 'mutual', path: '/steps/0' },
    ])
  })

  it('is absent where nothing is claimed, whoever else claims something', async () => {
    const { parent, child } = await family()
    expect(lineageOf(await sealed(runOf('other')), [parent, child])).toMatchObject({ result: 'absent', edges: [] })
  })

  it('is unresolved without the other record', async () => {
    const { parent, child } = await family()
    expect(verdict(lineageOf(child, []))).toEqual(unknownOf('unresolved'))
    expect(verdict(lineageOf(parent, []))).toEqual(unknownOf('unresolved', '/steps/0'))
  })

  it('is open if the parent does not say how the child ended', async () => {
    const given = handoff('child', D1)
    const child = await sealed(runOf('child', { parents: [entryOf('parent', given)] }))
    const parent = await sealed(runOf('parent', {}, [given, result('child', D1, undefined)]))
    expect(verdict(lineageOf(child, [parent]))).toEqual(unknownOf('open'))
    expect(verdict(lineageOf(parent, [child]))).toEqual(unknownOf('open', '/steps/0'))
  })

  it('is at most open if the parent is not sealed', async () => {
    const { parent, child } = await family()
    const crashed = runOf('parent', {}, parent.steps)
    expect(states(lineageOf(child, [crashed]))).toEqual(['open'])
    expect(states(lineageOf(crashed, [child]))).toEqual(['open'])
    expect(states(lineageOf(child, [runOf('parent')]))).toEqual(['child_only'])
    expect(states(lineageOf(child, [crashed, parent]))).toEqual(['mutual'])
  })

  it('is mutual by a link that the key of the parent signed, and by nobody else', async () => {
    const given = handoff('child', D1)
    const child = await sealed(runOf('child', { parents: [entryOf('parent', given)] }))
    const parent = await sealed(runOf('parent', {}, [given]))
    const link = await signObject('statement', linkOf(parent, child), runtime)
    expect(lineageOf(child, [parent], { statements: [link] }).result).toBe('pass')
    expect(lineageOf(parent, [child], { statements: [link] }).result).toBe('pass')
    const foreign = await signObject('statement', linkOf(parent, child), stranger)
    expect(states(lineageOf(child, [parent], { statements: [foreign] }))).toEqual(['open'])
    const forged = { ...link, at: '2026-11-20T13:00:00Z' }
    expect(states(lineageOf(child, [parent], { statements: [forged] }))).toEqual(['open'])
    const otherDelegation = await signObject('statement', linkOf(parent, child, 'dlg-2'), runtime)
    expect(states(lineageOf(child, [parent], { statements: [otherDelegation] }))).toEqual(['open'])
  })

  it('conflicts with a link about another record of the child', async () => {
    const given = handoff('child', D1)
    const child = await sealed(runOf('child', { parents: [entryOf('parent', given)] }))
    const parent = await sealed(runOf('parent', {}, [given, result('child', D1, child.provenance.record_hash)]))
    const link = await signObject('statement', linkOf(parent, parent), runtime)
    const wrong = { ...link.body, child_run_id: 'child' }
    const statement = await signObject('statement', { ...linkOf(parent, child), body: wrong }, runtime)
    expect(verdict(lineageOf(child, [parent], { statements: [statement] }))).toEqual(conflictOf('lineage.child_hash'))
    expect(verdict(lineageOf(parent, [], { statements: [statement] }))).toEqual(
      conflictOf('lineage.child_hash', '/steps/0'),
    )
  })

  it('does not believe a parent whose seal does not hold', async () => {
    const { parent, child } = await family()
    const broken: unknown[] = [
      { ...parent, steps: [...parent.steps].reverse() },
      { ...parent, agent_id: 'other' },
      { ...parent, provenance: { ...parent.provenance, steps_count: 7 } },
      { ...parent, provenance: { ...parent.provenance, signature: child.provenance.signature } },
      { ...parent, provenance: { ...parent.provenance, signature: undefined } },
      { ...parent, status: 'done' },
      JSON.parse(JSON.stringify({ ...parent, provenance: { ...parent.provenance, signature: undefined } })),
      null,
      'parent',
      { id: 'parent' },
      new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error('no')
          },
        },
      ),
    ]
    for (const record of broken) expect(verdict(lineageOf(child, [record]))).toEqual(unknownOf('unresolved'))
    expect(lineageOf(child, [...broken, parent]).result).toBe('pass')
  })

  it('believes a parent that a batch statement covers', async () => {
    const given = handoff('child', D1)
    const child = await sealed(runOf('child', { parents: [entryOf('parent', given)] }))
    const steps = [given, result('child', D1, child.provenance.record_hash)]
    const parent = await sealRun(runOf('parent', {}, steps), { at: noon, signedBy: runtime.did })
    const { statement, proofs } = await sealBatch([parent], runtime, noon)
    expect(states(lineageOf(child, [parent]))).toEqual(['unresolved'])
    expect(states(lineageOf(child, [parent], { statements: [statement], proofs }))).toEqual(['mutual'])
  })

  it('counts equal copies once, and leaves out itself', async () => {
    const { parent, child } = await family()
    const copy = structuredClone(parent)
    expect(lineageOf(child, [parent, copy, child, structuredClone(child)]).result).toBe('pass')
    expect(lineageOf(parent, [parent, copy, child, structuredClone(child)]).result).toBe('pass')
  })
})

describe('a false lineage', () => {
  it('shows a child whose parent does not know it', async () => {
    const { parent, handoff: given } = await family()
    const unknown = await sealed(
      runOf('ghost', { parents: [{ ...entryOf('parent', given), handoff_leaf: `sha256:${'0'.repeat(64)}` }] }),
    )
    expect(verdict(lineageOf(unknown, [parent]))).toEqual(conflictOf('lineage.leaf'))
  })

  it('shows a stranger who copied a delegation_id and its leaf', async () => {
    const { parent, child, handoff: given } = await family()
    const copied = await sealed(runOf('intruder', { parents: [entryOf('parent', given)] }), stranger)
    expect(verdict(lineageOf(copied, [parent]))).toEqual(conflictOf('lineage.leaf'))
    // The honest ones are not harmed by it.
    expect(lineageOf(child, [parent, copied]).result).toBe('pass')
    expect(lineageOf(parent, [child, copied]).result).toBe('pass')
    // Without the parent nothing decides between the two.
    expect(verdict(lineageOf(child, [copied]))).toEqual(conflictOf('lineage.delegation_reused'))
  })

  it('shows a stranger who copied the id of the child too', async () => {
    const { parent, handoff: given } = await family()
    const copied = await sealed(
      runOf('child', { parents: [entryOf('parent', given)] }, [], { outcome: 'failed' }),
      stranger,
    )
    expect(verdict(lineageOf(copied, [parent]))).toEqual(conflictOf('lineage.child_hash'))
  })

  it('is not harmed by who only bears the name of a child', async () => {
    const { parent, child, handoff: given } = await family()
    const copied = await sealed(runOf('child', { parents: [entryOf('parent', given)] }), stranger)
    expect(lineageOf(parent, [copied, child]).result).toBe('pass')
    expect(lineageOf(child, [parent, copied]).result).toBe('pass')
    expect(verdict(lineageOf(parent, [copied]))).toEqual(conflictOf('lineage.child_hash', '/steps/0'))
  })

  it('stays open while two records of one id claim an open delegation', async () => {
    const given = handoff('child', D1)
    const entry = entryOf('parent', given)
    const [a, b] = [
      await sealed(runOf('child', { parents: [entry] })),
      await sealed(runOf('child', { parents: [entry] }), stranger),
    ]
    const parent = await sealed(runOf('parent', {}, [given]))
    expect(verdict(lineageOf(parent, [a, b]))).toEqual(unknownOf('open', '/steps/0'))
    expect(verdict(lineageOf(a, [parent, b]))).toEqual(unknownOf('open'))
  })

  it('does not let an open delegation be claimed under another id', async () => {
    const given = handoff('child', D1)
    const parent = await sealed(runOf('parent', {}, [given]))
    const child = await sealed(runOf('child', { parents: [entryOf('parent', given)] }))
    const copied = await sealed(runOf('intruder', { parents: [entryOf('parent', given)] }), stranger)
    expect(states(lineageOf(child, [parent, copied]))).toEqual(['open'])
  })

  it('shows a leaf that belongs to another step', async () => {
    const message = { id: 'm-1', type: 'message', role: 'user', started_at: noon } as const
    const { parent } = await family([message])
    const child = await sealed(
      runOf('child', { parents: [{ ...entryOf('parent', message as never), delegation_id: D1 }] }),
    )
    expect(verdict(lineageOf(child, [parent]))).toEqual(conflictOf('lineage.leaf'))
  })

  it('shows a leaf of another delegation than the one that is named', async () => {
    const { parent, child, handoff: given } = await family()
    const other = await sealed(runOf('child', { parents: [{ ...entryOf('parent', given), delegation_id: 'dlg-2' }] }))
    expect(verdict(lineageOf(other, [parent]))).toEqual(conflictOf('lineage.leaf'))
    expect(verdict(lineageOf(parent, [other]))).toEqual(conflictOf('lineage.leaf', '/steps/0'))
    expect(child.id).toBe(other.id)
  })

  it('shows a handoff step that was changed after the child started', async () => {
    const { child } = await family()
    const changed = handoff('child', D1, { agent_id: 'reviewer' })
    const parent = await sealed(runOf('parent', {}, [changed, result('child', D1, child.provenance.record_hash)]))
    expect(verdict(lineageOf(child, [parent]))).toEqual(conflictOf('lineage.leaf'))
    expect(verdict(lineageOf(parent, [child]))).toEqual(conflictOf('lineage.leaf', '/steps/0'))
    const unsealed = runOf('parent', {}, parent.steps)
    expect(verdict(lineageOf(child, [unsealed]))).toEqual(conflictOf('lineage.leaf'))
  })

  it('shows a child that was changed or unsealed after the parent named its hash', async () => {
    const { parent, child } = await family()
    const changed = await sealed(
      runOf('child', { parents: child.provenance.parents ?? [] }, [], { outcome: 'success' }),
    )
    expect(verdict(lineageOf(changed, [parent]))).toEqual(conflictOf('lineage.child_hash'))
    expect(verdict(lineageOf(parent, [changed]))).toEqual(conflictOf('lineage.child_hash', '/steps/0'))
    const stripped = runOf('child', { parents: child.provenance.parents ?? [] })
    expect(verdict(lineageOf(parent, [stripped]))).toEqual(conflictOf('lineage.child_hash', '/steps/0'))
  })

  it('shows a delegation_id that is used for a second handoff', async () => {
    const { child, handoff: given } = await family()
    const again = handoff('child-2', D1, { retry_of: given.id })
    const parent = await sealed(runOf('parent', {}, [given, again]))
    expect(verdict(lineageOf(child, [parent]))).toEqual(conflictOf('lineage.delegation_reused'))
    expect(verdict(lineageOf(parent, []))).toEqual(conflictOf('lineage.delegation_reused', '/steps/1'))
    expect(states(lineageOf(parent, [child]))).toEqual(['open', 'conflict'])
  })

  it('takes a retried child with a fresh delegation_id', async () => {
    const first = handoff('child-1', D1)
    const second = handoff('child-2', 'dlg-2', { retry_of: first.id })
    const children = await Promise.all(
      [first, second].map((step) => sealed(runOf(step.child_run_id!, { parents: [entryOf('parent', step)] }))),
    )
    const results = children.map((child, i) => result(child.id, ['dlg-1', 'dlg-2'][i]!, child.provenance.record_hash))
    const parent = await sealed(runOf('parent', {}, [first, results[0]!, second, results[1]!]))
    expect(lineageOf(parent, children)).toMatchObject({ result: 'pass', compared: 2 })
    for (const child of children) expect(lineageOf(child, [parent, ...children]).result).toBe('pass')
  })

  it('shows a result that names another child under the delegation', async () => {
    const given = handoff('child', D1)
    const child = await sealed(runOf('child', { parents: [entryOf('parent', given)] }))
    const parent = await sealed(runOf('parent', {}, [given, result('other', D1, child.provenance.record_hash)]))
    expect(verdict(lineageOf(child, [parent]))).toEqual(conflictOf('lineage.delegation_reused'))
  })

  describe('who bears the name of a parent', () => {
    it('harms nobody where another record is pinned by the leaf', async () => {
      const { parent, child } = await family()
      for (const signer of [stranger, undefined]) {
        const impostor = await sealed(runOf('parent', {}, [], { agent_id: 'other' }), signer)
        for (const related of [
          [parent, impostor],
          [impostor, parent],
        ])
          expect(lineageOf(child, related).result).toBe('pass')
      }
    })

    it('takes no unsealed parent’s place', async () => {
      const { parent, child } = await family()
      const crashed = runOf('parent', {}, parent.steps)
      const impostor = await sealed(runOf('parent'), stranger)
      expect(states(lineageOf(child, [crashed, impostor]))).toEqual(['open'])
    })

    it('makes no conflict, and hides none, with a copy of the handoff', async () => {
      const { parent, child, handoff: given } = await family()
      const accuser = await sealed(
        runOf('parent', {}, [given, result('child', D1, `sha256:${'0'.repeat(64)}`)]),
        stranger,
      )
      expect(verdict(lineageOf(child, [accuser]))).toEqual(conflictOf('lineage.child_hash'))
      const copied = await sealed(runOf('intruder', { parents: [entryOf('parent', given)] }), stranger)
      for (const related of [
        [parent, accuser],
        [accuser, parent],
        [accuser, copied, parent],
      ])
        expect(verdict(lineageOf(child, related))).toEqual(unknownOf('unresolved'))
      const second = await sealed(runOf('parent', {}, accuser.steps), runtime)
      expect(verdict(lineageOf(child, [second, accuser]))).toEqual(conflictOf('lineage.child_hash'))
    })

    it('says nothing where nothing pins it, if there are two', async () => {
      const vague = await sealed(runOf('child', { parents: [{ run_id: 'parent' }] }))
      const [a, b] = [await sealed(runOf('parent')), await sealed(runOf('parent'), stranger)]
      expect(states(lineageOf(vague, [a]))).toEqual(['child_only'])
      expect(states(lineageOf(vague, [a, b]))).toEqual(['unresolved'])
    })
  })
})

describe('a link that only one side speaks of', () => {
  it('is parent_only if the child names no parent', async () => {
    const child = await sealed(runOf('child'))
    const parent = await sealed(
      runOf('parent', {}, [handoff('child', D1), result('child', D1, child.provenance.record_hash)]),
    )
    expect(verdict(lineageOf(parent, [child]))).toEqual(unknownOf('parent_only', '/steps/0'))
  })

  it('is parent_only or child_only if the child does not name the leaf', async () => {
    const { parent } = await family()
    const vague = await sealed(runOf('child', { parents: [{ run_id: 'parent' }] }))
    expect(verdict(lineageOf(vague, [parent]))).toEqual(unknownOf('parent_only'))
    expect(verdict(lineageOf(vague, [await sealed(runOf('parent'))]))).toEqual(unknownOf('child_only'))
    const halfVague = await sealed(runOf('child', { parents: [{ run_id: 'parent', delegation_id: D1 }] }))
    expect(verdict(lineageOf(parent, [halfVague]))).toEqual(unknownOf('parent_only', '/steps/0'))
  })

  it('is judged for a handoff_result without a handoff', async () => {
    const child = await sealed(runOf('child'))
    const parent = await sealed(runOf('parent', {}, [result('child', D1, child.provenance.record_hash)]))
    expect(verdict(lineageOf(parent, []))).toEqual(unknownOf('unresolved', '/steps/0'))
    expect(verdict(lineageOf(parent, [child]))).toEqual(unknownOf('parent_only', '/steps/0'))
    const other = await sealed(runOf('child', {}, [], { outcome: 'success' }))
    expect(verdict(lineageOf(parent, [other]))).toEqual(conflictOf('lineage.child_hash', '/steps/0'))
  })

  it('is none for a handoff inside the run', async () => {
    const { child_run_id: _, ...inside } = handoff('x', D1, { agent_id: 'reviewer' })
    expect(lineageOf(await sealed(runOf('parent', {}, [inside as never])), []).result).toBe('absent')
  })
})
