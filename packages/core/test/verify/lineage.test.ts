import type { AgentRun } from '@agent-run/types'
import { describe, expect, it } from 'vitest'
import { sealBatch, sealRun, signObject } from '../../src/seal/index.ts'
import {
  D1,
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
  stranger,
  type Traced,
} from './family.ts'

const states = ({ edges }: Traced): string[] => edges.map(({ state }) => state)
const verdict = ({ result: outcome, code, path }: Traced) => [outcome, code, path]
const ENTRY = '/provenance/parents/0'
const conflictOf = (code: string, path = ENTRY) => ['fail', code, path]
const unknownOf = (state: string, path = ENTRY) => ['unknown', `lineage.${state}`, path]

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

describe('a run that a finished one triggered', () => {
  const triggeredBy = (parent: AgentRun) =>
    runOf('next', { parents: [{ run_id: parent.id, record_hash: parent.provenance.record_hash }] })

  it('is chained if the given record recomputes to the hash', async () => {
    const parent = await sealed(runOf('parent'))
    const next = await sealed(triggeredBy(parent))
    expect(lineageOf(next, [parent])).toMatchObject({ result: 'pass', compared: 1 })
    expect(states(lineageOf(next, [parent]))).toEqual(['chained'])
    expect(verdict(lineageOf(next, []))).toEqual(unknownOf('unresolved'))
    expect(lineageOf(next, [parent, await sealed(runOf('parent'), stranger)]).result).toBe('pass')
  })

  it('conflicts with another record of that id; one that does not count is as if not given', async () => {
    const parent = await sealed(runOf('parent'))
    const next = await sealed(triggeredBy(parent))
    const other = await sealed(runOf('parent', {}, [], { outcome: 'success' }))
    for (const record of [other, runOf('parent')])
      expect(verdict(lineageOf(next, [record]))).toEqual(conflictOf('lineage.parent_hash'))
    for (const record of [{ ...parent, outcome: 'failed' }, { id: 'parent' }])
      expect(verdict(lineageOf(next, [record]))).toEqual(unknownOf('unresolved'))
    expect(verdict(lineageOf(next, [other, runOf('parent')]))).toEqual(unknownOf('unresolved'))
    expect(states(lineageOf(next, [other, parent]))).toEqual(['chained'])
  })
})

describe('cycles', () => {
  const after = (parent: AgentRun) => ({ parents: [{ run_id: parent.id, record_hash: parent.provenance.record_hash }] })

  it('finds a pinned parent that names the run as its own parent', async () => {
    const b = await sealed(runOf('b', { parents: [{ run_id: 'a' }] }))
    expect(verdict(lineageOf(runOf('a', after(b)), [b]))).toEqual(conflictOf('lineage.cycle'))
  })

  it('finds a cycle further up, a run that is its own parent and a child that hands back', async () => {
    const c = await sealed(runOf('c', { parents: [{ run_id: 'b' }] }))
    const b = await sealed(runOf('b', after(c)))
    expect(verdict(lineageOf(runOf('a', after(b)), [b, c]))).toEqual(conflictOf('lineage.cycle'))
    expect(verdict(lineageOf(runOf('a', { parents: [{ run_id: 'a' }] }), []))).toEqual(conflictOf('lineage.cycle'))
    const given = handoff('b', D1)
    const back = runOf('b', { parents: [entryOf('a', given)] }, [handoff('a', 'dlg-2')])
    expect(verdict(lineageOf(runOf('a', {}, [given]), [back]))).toEqual(conflictOf('lineage.cycle', '/steps/0'))
  })

  it('finds an ancestor that is a descendant too', async () => {
    const b = await sealed(runOf('b', { parents: [{ run_id: 'c' }] }))
    const a = runOf('a', after(b), [handoff('c', D1)])
    expect(verdict(lineageOf(a, [b]))).toEqual(conflictOf('lineage.cycle'))
  })

  it('follows nobody who only bears a name', async () => {
    const named = runOf('a', { parents: [{ run_id: 'b' }] })
    expect(states(lineageOf(named, [runOf('b', { parents: [{ run_id: 'a' }] })]))).toEqual(['child_only'])
    const { parent, child } = await family()
    const parentsName = await sealed(runOf('parent', { parents: [{ run_id: 'child' }] }), stranger)
    const childsName = await sealed(runOf('child', {}, [handoff('parent', 'dlg-9')]), stranger)
    expect(lineageOf(child, [parent, parentsName]).result).toBe('pass')
    expect(lineageOf(parent, [child, childsName]).result).toBe('pass')
    const next = await sealed(runOf('next', after(parent)))
    const forged = await sealed(runOf('parent', { parents: [{ run_id: 'next' }] }), stranger)
    expect(lineageOf(next, [forged, parent]).result).toBe('pass')
  })

  it('does not let a stranger make one', async () => {
    const { parent, child } = await family()
    const meddler = runOf('x', { parents: [{ run_id: 'child' }] }, [handoff('parent', 'dlg-9')])
    expect(lineageOf(child, [parent, meddler]).result).toBe('pass')
  })

  it('takes long records in its stride', async () => {
    const many = Array.from({ length: 20_000 }, (_, i) => i)
    const alike = many.map((i) => {
      const { delegation_id: _, ...step } = handoff('child', D1, { id: `h-${i}` })
      return i % 2 ? step : { ...step, type: 'handoff_result', child_record_hash: `sha256:${'0'.repeat(64)}` }
    })
    const parent = runOf('parent', {}, alike as never)
    const child = runOf('child', { parents: many.map((i) => ({ run_id: 'parent', delegation_id: `d-${i}` })) })
    expect(lineageOf(parent, [child]).edges).toHaveLength(10_000)
    expect(lineageOf(child, [parent]).edges).toHaveLength(20_000)
    const wide = runOf('child', { parents: Array.from({ length: 200_000 }, (_, i) => ({ run_id: `p-${i}` })) })
    expect(lineageOf(wide, []).edges).toHaveLength(200_000)
  })

  it('takes many of one name in its stride', async () => {
    const { parent, child, handoff: given } = await family()
    const crowd = Array.from({ length: 5_000 }, (_, i) => runOf('parent', {}, [given], { agent_id: `bot-${i}` }))
    const claims = Array.from({ length: 5_000 }, () => entryOf('parent', given))
    const alike = runOf('child', {
      parents: [...claims, ...claims.map((entry, i) => ({ ...entry, delegation_id: `d-${i}` }))],
    })
    expect(new Set(states(lineageOf(alike, crowd)))).toEqual(new Set(['open', 'unresolved']))
    expect(lineageOf(child, [...crowd, parent]).result).toBe('pass')
  })

  it('follows a long line of ancestors', async () => {
    const line = Array.from({ length: 20_000 }, (_, i) => {
      const above = handoff(`r-${i}`, D1)
      return runOf(`r-${i}`, { parents: [entryOf(`r-${i + 1}`, above)] }, i === 0 ? [] : [handoff(`r-${i - 1}`, D1)])
    })
    expect(states(lineageOf(line[0]!, line.slice(1)))).toEqual(['open'])
    const closed = runOf('r-20000', { parents: [{ run_id: 'r-0' }] }, [handoff('r-19999', D1)])
    expect(states(lineageOf(line[0]!, [...line.slice(1), closed]))).toEqual(['conflict'])
  })
})

describe('what is said about ancestors', () => {
  const chain = async (provenance: object): Promise<[AgentRun, AgentRun, AgentRun]> => {
    const root = await sealed(runOf('root', {}, [], { agent_id: 'root' }))
    const trigger = (by: AgentRun) => ({ parents: [{ run_id: by.id, record_hash: by.provenance.record_hash }] })
    const middle = await sealed(runOf('middle', trigger(root), [], { agent_id: 'middle' }))
    const leaf = await sealed(
      runOf('leaf', {
        ...trigger(middle),
        parent_run_hash: middle.provenance.run_hash,
        lineage: [root.provenance.run_hash, middle.provenance.run_hash],
        ...provenance,
      }),
    )
    return [leaf, middle, root]
  }
  const other = 'f'.repeat(64)

  it('passes if it is what they say, as far as they are given', async () => {
    const [leaf, middle, root] = await chain({})
    expect(lineageOf(leaf, [middle, root])).toMatchObject({ result: 'pass', compared: 1 + 1 + 2 + 1 })
    expect(lineageOf(leaf, [middle]).result).toBe('pass')
  })

  it.each([
    ['/provenance/parent_run_hash', { parent_run_hash: other }],
    ['/provenance/lineage/1', { lineage: [other, other] }],
    ['/provenance/lineage', { lineage: [] }],
  ])('conflicts if it is not: %s', async (path, provenance) => {
    const [leaf, middle, root] = await chain(provenance)
    expect(verdict(lineageOf(leaf, [middle, root]))).toEqual(conflictOf('lineage.ancestors', path))
    expect(lineageOf(leaf, []).code).toBe('lineage.unresolved')
  })

  it('conflicts if the line is longer than its root', async () => {
    const [, middle, root] = await chain({})
    const { run_hash } = middle.provenance
    const [leaf] = await chain({ lineage: [other, root.provenance.run_hash, run_hash] })
    expect(verdict(lineageOf(leaf, [middle, root]))).toEqual(conflictOf('lineage.ancestors', '/provenance/lineage'))
    expect(lineageOf(leaf, [middle]).result).toBe('pass')
  })

  it('is compared with the record that is pinned, and without a pin with none of several', async () => {
    const [leaf, middle, root] = await chain({})
    const namesake = await sealed(runOf('middle', {}, [], { agent_id: 'somebody' }), stranger)
    expect(lineageOf(leaf, [namesake, middle, root])).toMatchObject({ result: 'pass', compared: 1 + 1 + 2 + 1 })
    const old = runOf('leaf', { parent_run_hash: other }, [], { parent_run_id: 'middle' })
    expect(verdict(lineageOf(old, [middle]))).toEqual(conflictOf('lineage.ancestors', '/provenance/parent_run_hash'))
    expect(lineageOf(old, [middle, namesake]).result).toBe('absent')
  })
})
