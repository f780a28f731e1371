import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readJournal, type Signer, verify } from '@agent-run/core'
import { describe, expect, it } from 'vitest'
import { createRecorder, type Timer } from '../../src/index.ts'
import { expectSound, setUp, signer, temporaryFolder } from './setup.ts'

const never = () => new Promise<never>(() => undefined)

/** A timer whose time is over as soon as somebody waits for it. */
const atOnce: Timer = (callback) => {
  const timer = setImmediate(callback)
  return () => clearImmediate(timer)
}

/** A signer that answers when it is told to. */
const slowSigner = (): Signer & { answer: () => void; asked: number } => {
  const { did, sign } = signer()
  const waiting: (() => void)[] = []
  const slow = {
    did,
    asked: 0,
    sign: (message: Uint8Array) => {
      slow.asked++
      return new Promise<Uint8Array>((resolve) => waiting.push(() => resolve(sign(message) as Uint8Array)))
    },
    answer: () => {
      for (const answer of waiting.splice(0)) answer()
    },
  }
  return slow
}
const soon = () => new Promise((resolve) => setImmediate(resolve))

describe('no line is lost with the process', () => {
  const program = `
    import { createRecorder } from '@agent-run/sdk'
    import { createSigner } from '@agent-run/core'
    const [folder, end, kind] = process.argv.slice(1)
    const { did, sign } = createSigner(new Uint8Array(32).fill(7))
    const slow = { did, sign: async (message) => (await new Promise((resolve) => setTimeout(resolve, 50)), sign(message)) }
    const run = createRecorder({ id: 'r', agent_id: 'a' }, { directory: folder, signer: kind === 'slow' ? slow : { did, sign } })
    for (let n = 0; n < 100; n++) run.note('message', { role: 'user', input: 'n' + n })
    if (end === 'exit') process.exit(0)
    if (end === 'kill') process.kill(process.pid, 'SIGKILL')
    throw new Error('uncaught')`
  const cwd = fileURLToPath(new URL('../../', import.meta.url))

  it.each(['exit', 'kill', 'throw'].flatMap((end) => [[end, 'quick'] as const, [end, 'slow'] as const]))(
    'by %s, with a %s signer',
    (end, kind) => {
      const folder = temporaryFolder()
      spawnSync(process.execPath, ['--input-type=module', '-e', program, folder, end, kind], { cwd })
      const journal = readJournal(readFileSync(`${folder}/r.journal`))
      expect([journal.sound.steps, journal.findings]).toEqual([100, []])
      expect(journal.heads.length).toBe(kind === 'quick' ? 6 : 0)
    },
  )
})

describe('a signer that takes time', () => {
  it('keeps nobody waiting: a head is signed over the last line when the signature comes', async () => {
    const slow = slowSigner()
    const { options, faults } = setUp({ signer: slow, headEvery: 2 })
    const run = createRecorder({ agent_id: 'a' }, options)
    for (let n = 0; n < 3; n++) await run.toolCall({ tool_name: 't', arguments: { n } }, () => n)
    const heads = () => readJournal(readFileSync(run.journalPath!)).heads.map(({ data }) => data.steps_count)
    expect([slow.asked, heads()]).toEqual([1, []])
    slow.answer()
    await soon()
    // A line came in between: what was signed is not the last line any more.
    expect([slow.asked, heads()]).toEqual([2, []])
    slow.answer()
    await soon()
    expect(heads()).toEqual([3])
    let isOver = false
    const ending = run.end().finally(() => {
      isOver = true
    })
    while (!isOver) {
      await soon()
      slow.answer()
    }
    const record = await ending
    expect(faults).toEqual([])
    expectSound(run, record)
    expect(verify(record, { journal: readFileSync(run.journalPath!) })).toMatchObject({ ok: true, level: 'sealed' })
  })

  it('is not asked for one head again and again', async () => {
    const slow = slowSigner()
    const { options } = setUp({ signer: slow, headEvery: 2 })
    const run = createRecorder({ agent_id: 'a' }, options)
    run.note('message', { role: 'user' })
    run.note('message', { role: 'user' })
    for (let n = 0; n < 10; n++) {
      run.update({ intent: `${n}` })
      slow.answer()
      await soon()
    }
    expect(slow.asked).toBe(3)
    run.abandon()
  })
})

describe('who never answers', () => {
  it('does not keep a tool call or the end waiting: the record is there, unsealed, and says so', async () => {
    const { did } = signer()
    const { options, faults } = setUp({ signer: { did, sign: never }, headEvery: 1, timer: atOnce, answerWithin: 5 })
    const run = createRecorder({ agent_id: 'a' }, options)
    expect(await run.toolCall({ tool_name: 't' }, () => 7)).toBe(7)
    const record = await run.end()
    expectSound(run, record)
    expect([record.provenance.signed_by, record.provenance.record_hash]).toEqual([undefined, undefined])
    expect(faults.at(-1)).toMatchObject({ code: 'recorder.seal_failed' })
    expect(faults[0]?.message).toBe('the signer did not answer within 5 ms')
    expect(record.provenance.metadata?.recorder_faults).toEqual(Object.fromEntries(run.faults))
  })

  it('does not keep the end or a handoff waiting: the record is sent later', async () => {
    const { options, faults } = setUp({ transport: never, timer: atOnce })
    const run = createRecorder({ agent_id: 'a' }, options)
    expect(await run.handoff({ agent_id: 'b' }, () => 'done')).toBe('done')
    await run.end()
    expect(await run.flush()).toEqual({})
    expect(faults.map(({ code }) => code)).toEqual(Array(3).fill('recorder.transport_failed'))
  })
})

describe('a signer that fails', () => {
  const failing: [string, Signer['sign']][] = [
    ['throws', () => Promise.reject(new Error('no connection'))],
    ['gives another signature', () => new Uint8Array(64)],
    ['gives another signature later', async () => new Uint8Array(64)],
    ['gives something else', (() => 'signature') as never],
  ]
  it.each(failing)('and %s leaves a sound, unsealed record that says so', async (_, sign) => {
    const { options, faults } = setUp({ signer: { did: signer().did, sign } })
    const run = createRecorder({ agent_id: 'a' }, options)
    run.note('message', { role: 'user', input: 'x' })
    const record = await run.end()
    expectSound(run, record)
    expect(record.provenance.signed_by).toBeUndefined()
    expect(faults.map(({ code }) => code)).toEqual(['recorder.sign_failed', 'recorder.seal_failed'])
    expect(record.provenance.metadata).toEqual({
      recorder_faults: { 'recorder.seal_failed': 1, 'recorder.sign_failed': 1 },
    })
  })

  it('for a while only does not keep the record from being sealed', async () => {
    const { did, sign } = signer()
    let calls = 0
    const { options } = setUp({
      signer: { did, sign: (bytes) => (calls++ < 2 ? Promise.reject(new Error('busy')) : sign(bytes)) },
      headEvery: 1,
    })
    const run = createRecorder({ agent_id: 'a' }, options)
    run.note('message', { role: 'user', input: 'x' })
    await soon()
    const record = await run.end()
    expectSound(run, record)
    expect(record.provenance.signed_by).toBe(did)
    expect(record.provenance.metadata).toEqual({ recorder_faults: { 'recorder.sign_failed': 2 } })
  })
})
