import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  checkJournal,
  createJournalWriter,
  foldJournal,
  type Journal,
  type JournalWriter,
  readJournal,
} from '../../src/journal/index.ts'
import { at, bytesOf, hidden, rechained, recorder, seal, start, step } from './example.ts'

// The run is kept beside the journal by hand, the slow and obvious way: that is what the journal must fold to.
interface Model {
  readonly writer: JournalWriter
  readonly lines: string[]
  readonly run: Record<string, unknown>
  readonly steps: Record<string, unknown>[]
  readonly open: Map<string, Record<string, unknown>>
  readonly lists: Record<string, Record<string, unknown>[]>
  /** For each head: the seq it speaks for and the number of bytes up to its line feed. */
  readonly heads: { readonly n: number; readonly octets: number }[]
  clock: number
}

type Action = (model: Model) => Promise<void> | void

const octetsOf = (lines: readonly string[]): number => bytesOf(lines).length
const text = fc.string({ unit: 'grapheme', maxLength: 12 })
const nibble = fc.constantFrom(...'0123456789abcdef')

const append = (model: Model, type: string, data: object): void => {
  model.lines.push(...model.writer.append(type, at(model.clock++ % 600), data))
}

const maybeHidden = (kind: Parameters<typeof hidden>[0], secret: boolean, salt: string, object: object) =>
  (secret ? hidden(kind, salt, object) : object) as Record<string, unknown>

const actions: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ input_preview: text, secret: fc.boolean(), salt: nibble }).map(
    ({ input_preview, secret, salt }): Action =>
      (model) => {
        const id = `s-${model.clock}`
        const data = maybeHidden('step', secret, salt, { ...step(id, 1), status: 'pending', input_preview })
        append(model, 'step.started', data)
        model.open.set(id, data)
      },
  ),
  fc
    .record({ output_preview: text, secret: fc.boolean(), salt: nibble, effect: fc.boolean(), fresh: fc.boolean() })
    .map(
      ({ output_preview, secret, salt, effect, fresh }): Action =>
        (model) => {
          const id = (fresh ? undefined : [...model.open.keys()][0]) ?? `s-${model.clock}`
          const effects = [maybeHidden('side_effect', secret, salt, { kind: 'write', target: output_preview })]
          const members = { output_preview, ...(effect ? { side_effects: effects } : {}) }
          const data = maybeHidden('step', secret, salt, step(id, 1, members))
          append(model, 'step.ended', data)
          model.open.delete(id)
          model.steps.push(data)
        },
    ),
  fc.record({ words: text, secret: fc.boolean(), salt: nibble, sort: fc.nat(3) }).map(
    ({ words, secret, salt, sort }): Action =>
      (model) => {
        const id = `x-${model.clock}`
        const [type, list, data] = (
          [
            [
              'approval',
              'approvals',
              maybeHidden('approval', secret, salt, { approval_id: id, event: 'requested', at: at(1), reason: words }),
            ],
            [
              'policy_decision',
              'policy_decisions',
              maybeHidden('policy_decision', secret, salt, { id, at: at(1), verdict: 'allow', reasons: [`r${words}`] }),
            ],
            ['artifact', 'artifacts', maybeHidden('artifact', secret, salt, { id, name: words })],
            ['evidence', 'evidence', { kind: 'test', name: `t${words}` }],
          ] as const
        )[sort]!
        append(model, type, data)
        model.lists[list] = [...(model.lists[list] ?? []), data]
      },
  ),
  fc.record({ intent: text, salt: nibble, tags: fc.array(text), branch: fc.option(text) }).map(
    ({ intent, salt, tags, branch }): Action =>
      (model) => {
        const secret = hidden('run', salt, { intent })
        append(model, 'run.updated', { ...secret, tags, git_branch: branch })
        for (const name of ['intent', 'salt', 'private_hash'] as const) model.run[name] = secret[name]
        delete model.run.input_preview
        model.run.tags = tags
        if (branch === null) delete model.run.git_branch
        else model.run.git_branch = branch
      },
  ),
  fc.constantFrom('run.paused', 'acme:tick').map(
    (type): Action =>
      (model) => {
        append(model, type, {})
        if (type === 'run.paused') model.run.status = 'paused'
      },
  ),
  fc.constant<Action>(async (model) => {
    model.heads.push({ n: model.writer.seq - 1, octets: 0 })
    model.lines.push(...(await model.writer.signHead(at(model.clock++ % 600))))
    model.heads[model.heads.length - 1] = { n: model.heads.at(-1)!.n, octets: octetsOf(model.lines) }
  }),
)

const play = async (played: readonly Action[]): Promise<Model> => {
  const writer = createJournalWriter({ signer: recorder })
  const begin = { ...start, input_preview: 'Publish', git_branch: 'main' }
  const lines = writer.append('run.started', at(0), begin)
  const { signed_by: _, ...provenance } = start.provenance
  const run = { ...begin, status: 'running', provenance }
  const model: Model = { writer, lines, run, steps: [], open: new Map(), lists: {}, heads: [], clock: 1 }
  for (const action of played) await action(model)
  return model
}

/** The checkpoint that a journal of so many bytes must have. */
const checkpointOf = ({ heads }: Model, octets: number): number | undefined =>
  heads.findLast((head) => head.octets <= octets)?.n

const journals = (maxLength: number) => fc.array(actions, { maxLength })

describe('any journal', () => {
  it('folds to the run it was made from', async () => {
    await fc.assert(
      fc.asyncProperty(journals(25), async (played) => {
        const model = await play(played)
        const journal = readJournal(bytesOf(model.lines))
        expect(journal.findings).toEqual([])
        const { run } = foldJournal(journal, { live: true })
        const { provenance, cost: _, ...members } = run as unknown as Record<string, unknown>
        expect(members).toEqual({
          ...model.run,
          ...model.lists,
          steps: [...model.steps, ...model.open.values()],
          provenance: undefined,
        })
        expect(provenance).toMatchObject(model.run.provenance as object)
        expect(checkJournal(journal, run).result).toBe('pass')
      }),
      { numRuns: 60 },
    )
  })

  it('survives a cut at any byte', async () => {
    await fc.assert(
      fc.asyncProperty(journals(8), async (played) => {
        const model = await play(played)
        const bytes = bytesOf(model.lines)
        const first = bytes.indexOf(0x0a) + 1
        for (let end = 0; end <= bytes.length; end++) {
          const journal = readJournal(bytes.subarray(0, end))
          const { result, code, checkpoint } = checkJournal(journal)
          if (end < first) {
            expect([result, code]).toEqual(['fail', 'journal.start'])
            expect(foldJournal(journal).run).toBeUndefined()
          } else {
            expect([result, checkpoint]).toEqual(['pass', checkpointOf(model, end)])
            expect(journal.sound.octets).toBe(bytes.lastIndexOf(0x0a, end - 1) + 1)
            expect(foldJournal(journal).run).toBeDefined()
          }
        }
      }),
      { numRuns: 6 },
    )
  })

  it('shows any byte that was changed in what a head or the seal covers', async () => {
    await fc.assert(
      fc.asyncProperty(journals(8), fc.integer({ min: 1, max: 255 }), async (played, flip) => {
        const model = await play(played)
        model.lines.push(...model.writer.append('run.updated', at(599), { status: 'completed', ended_at: at(599) }))
        for (const [id, opened] of [...model.open]) {
          model.lines.push(...model.writer.append('step.ended', at(599), { ...opened, id, status: 'unknown' }))
        }
        const covered = octetsOf(model.lines)
        model.lines.push(...(await model.writer.signHead(at(599))))
        const bytes = bytesOf(model.lines)
        expect(checkJournal(readJournal(bytes)).result).toBe('pass')
        for (let i = 0; i < covered; i++) {
          const changed = bytes.slice()
          changed[i]! ^= flip
          const journal = readJournal(changed)
          if (checkJournal(journal).result !== 'fail') expect.fail(`byte ${i} ^ ${flip} was not noticed`)
          foldJournal(journal)
        }
      }),
      { numRuns: 6 },
    )
  })

  it('is bound to its sealed record', async () => {
    await fc.assert(
      fc.asyncProperty(journals(12), async (played) => {
        const model = await play(played)
        for (const [id, opened] of [...model.open])
          model.lines.push(...model.writer.append('step.ended', at(599), { ...opened, id, status: 'unknown' }))
        model.lines.push(...model.writer.append('run.updated', at(599), { status: 'completed', ended_at: at(599) }))
        const read = (): Journal => readJournal(bytesOf(model.lines))
        const record = await seal(foldJournal(read()).run!, model.writer)
        model.lines.push(...model.writer.seal(at(599), record))
        expect(checkJournal(read(), record)).toMatchObject({ result: 'pass', sealed: true })
        expect(foldJournal(read()).run).toEqual(record)
      }),
      { numRuns: 40 },
    )
  })

  it('never throws for what a hostile writer chains', async () => {
    const keys = fc.constantFrom(
      'type',
      'data',
      'at',
      'seq',
      'prev',
      'private',
      'salt',
      'private_hash',
      'id',
      'provenance',
    )
    const value = fc.oneof(
      fc.constantFrom('run.started', 'step.ended', 'constructor', '__proto__', 'head', 'run.resumed', 'run.sealed'),
      fc.jsonValue(),
    )
    await fc.assert(
      fc.asyncProperty(
        journals(8),
        fc.array(fc.tuple(fc.nat(30), keys, value, fc.boolean())),
        async (played, edits) => {
          const model = await play(played)
          const lines = rechained(model.lines, (line, index) => {
            for (const [at, key, edited, inside] of edits)
              if (at === index && inside && 'data' in line) line.data = { ...(line.data as object), [key]: edited }
              else if (at === index) line[key] = edited
            return line
          })
          const journal = readJournal(bytesOf(lines))
          const { run } = foldJournal(journal)
          expect(checkJournal(journal, run).result).toBe(
            journal.findings.length > 0 ? 'fail' : checkJournal(journal).result,
          )
        },
      ),
      { numRuns: 150 },
    )
  })

  it('never throws for bytes that are no journal', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(checkJournal(readJournal(bytes)).result).toBe('fail')
      }),
    )
  })
})
