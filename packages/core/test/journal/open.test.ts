import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  createJournalWriter,
  createSigner,
  type JournalState,
  openJournal,
  readJournal,
  unknownPrivate,
} from '../../src/index.ts'

const example = readFileSync(new URL('../../../../examples/proof/journal.jsonl', import.meta.url))
const utf8 = new TextEncoder()

const linesOf = (bytes: Uint8Array): Uint8Array[] => {
  const lines: Uint8Array[] = []
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(0x0a, from)
    lines.push(bytes.subarray(from, end))
    from = end + 1
  }
  return lines
}

/** Takes every line with a reader of its own, opened with what the one before wrote down. */
const readInPieces = (lines: readonly Uint8Array[]) => {
  let stored: string | undefined
  const taken = lines.map((line) => {
    const reader = openJournal(stored === undefined ? undefined : (JSON.parse(stored) as JournalState))
    const result = reader.take(line)
    stored = JSON.stringify(reader.state())
    return result
  })
  return { taken, state: stored === undefined ? undefined : (JSON.parse(stored) as JournalState) }
}

const longJournal = async (steps: number): Promise<Uint8Array[]> => {
  const signer = createSigner(new Uint8Array(32).fill(7))
  const writer = createJournalWriter({ signer })
  const at = '2026-11-20T15:00:00Z'
  const texts = writer.append('run.started', at, {
    id: 'long',
    spec_version: '1.0',
    agent_id: 'a',
    started_at: at,
    provenance: { nonce: '0'.repeat(32), signed_by: signer.did },
  })
  for (let n = 0; n < steps; n++)
    texts.push(...writer.append('step.ended', at, { id: `s-${n}`, type: 'other', started_at: at, ended_at: at }))
  texts.push(...(await writer.signHead(at)))
  return texts.map((text) => utf8.encode(text))
}

describe('a journal that is read in pieces', () => {
  it('gives the same lines, leaves and heads as one that is read whole', () => {
    const whole = readJournal(example)
    const { taken } = readInPieces(linesOf(example))
    expect(whole.lines.length).toBeGreaterThan(10)
    expect(taken.every(({ ok }) => ok)).toBe(true)
    expect(taken.flatMap(({ line }) => (line ? [line.digest] : []))).toEqual(whole.lines.map(({ digest }) => digest))
    expect(taken.flatMap(({ leaf }) => (leaf ? [leaf] : []))).toEqual([...whole.leaves])
    expect(taken.flatMap((t) => (t.private ? [t.private] : []))).toEqual([...whole.privates.values()])
    const known = new Set(taken.flatMap(({ privateHashes }) => privateHashes))
    for (const hash of whole.privates.keys()) expect(known.has(hash)).toBe(true)
  })

  it('knows where it stands', () => {
    const whole = readJournal(example)
    const { state } = readInPieces(linesOf(example))
    const last = whole.lines.at(-1)
    const start = whole.lines[0]?.data as { id: string; provenance: { nonce: string; signed_by: string } }
    expect(state).toEqual({
      seq: last?.seq,
      head: last?.digest,
      run_id: start.id,
      nonce: start.provenance.nonce,
      signed_by: start.provenance.signed_by,
      steps: { count: whole.leaves.length, nodes: expect.any(Array) as unknown },
      status: 'completed',
      sealed: true,
      last_head: whole.heads.at(-1)?.data.seq,
    })
  })

  it('finds every fault that is found in a whole one, where it is', () => {
    const lines = linesOf(example)
    for (let number = 0; number < lines.length; number++) {
      const faulty = lines.map((line, at) => {
        if (at !== number) return line
        const changed = Uint8Array.from(line)
        const digit = changed.findIndex((byte, place) => place > 20 && byte >= 0x31 && byte <= 0x38)
        changed[digit] = changed[digit]! + 1
        return changed
      })
      const whole = readJournal(utf8.encode(faulty.map((line) => `${new TextDecoder().decode(line)}\n`).join('')))
      const reader = openJournal()
      const inPieces: unknown[] = []
      for (const line of faulty) {
        const { findings } = reader.take(line)
        inPieces.push(...findings)
        if (findings[0]?.code === 'journal.line') break
      }
      const own = whole.findings.filter(({ expected }) => expected !== 'a private_hash of the chain')
      expect(inPieces).toEqual(own)
    }
  })

  it('checks the root in a head from the nodes of the tree, whatever its size', async () => {
    for (const steps of [0, 1, 2, 3, 7, 8, 9, 100]) {
      const { taken, state } = readInPieces(await longJournal(steps))
      expect(taken.flatMap(({ findings }) => findings)).toEqual([])
      expect(state?.last_head).toBe(steps)
      expect(state?.steps.count).toBe(steps)
    }
  })

  it('remembers little: the logarithm of the number of steps', async () => {
    const size = async (steps: number) => JSON.stringify(readInPieces(await longJournal(steps)).state).length
    expect((await size(511)) - (await size(7))).toBeLessThanOrEqual(6 * 75 + 10)
  })

  it('has no state before its first line, and says what a line is that nobody can read', () => {
    const reader = openJournal()
    expect(reader.state()).toBeUndefined()
    const { ok, findings, line } = reader.take(utf8.encode('{'))
    expect({ ok, line, code: findings[0]?.code }).toEqual({ ok: false, line: undefined, code: 'journal.line' })
    expect(reader.state()).toBeUndefined()
  })

  it('refuses a state that no reader gave', () => {
    const { state } = readInPieces(linesOf(example))
    const wrong = { ...state, steps: { count: 3, nodes: [] } } as unknown as JournalState
    expect(() => openJournal(wrong)).toThrow(RangeError)
    const spelt = { ...state, steps: { count: 1, nodes: ['abc'] } } as unknown as JournalState
    expect(() => openJournal(spelt)).toThrow(RangeError)
  })

  it('names a private line that no chained line knows in the words of the whole reader', () => {
    expect(unknownPrivate({ number: 3, octet: 40 })).toMatchObject({
      code: 'journal.private',
      path: '/3',
      line: 4,
      octet: 40,
      requirement: 'AR-JRNL-008',
    })
  })
})
