import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AgentRunError, readJournal, validate } from '@agent-run/core'
import { describe, expect, it } from 'vitest'
import { createRecorder, type FileSystem, type Recorder } from '../../src/index.ts'
import { nodeFileSystem } from '../../src/journal-file/index.ts'
import { expectSound, setUp, signer, temporaryFolder } from './setup.ts'

/** What an agent does, whatever happens to its recorder. */
const work = async (run: Recorder) => {
  const error = new TypeError('bad tool')
  const first = await run.toolCall({ tool_name: 'read_file', arguments: { path: 'a' } }, () => 'content')
  const thrown = await run
    .toolCall({ tool_name: 'fail' }, () => Promise.reject(error))
    .catch((reason: unknown) => reason)
  const second = await run.modelCall({ model: 'm' }, () => ({ usage: { input_tokens: 3, output_tokens: 1 } }))
  run.note('message', { role: 'user', input: 'hello' })
  const record = await run.end({ output: 'done' })
  return { first, sameError: thrown === error, second: second.usage.output_tokens, record }
}

const nodeError = (code: string) => Object.assign(new Error(code), { code })

/** A disk on which only so many bytes fit; more can be made room for. */
const smallDisk = (bytes: number): FileSystem & { room: number } => ({
  ...nodeFileSystem,
  room: bytes,
  write(descriptor, data, offset) {
    if (this.room <= 0) throw nodeError('ENOSPC')
    const part = data.subarray(0, Math.min(data.length, offset + this.room))
    const written = nodeFileSystem.write(descriptor, part, offset)
    this.room -= written
    return written
  },
})

describe('the agent goes on undisturbed', () => {
  it('where the folder cannot be made', async () => {
    const folder = join(temporaryFolder(), 'a-file')
    writeFileSync(folder, '')
    const { options, faults } = setUp({ directory: join(folder, 'runs'), signer: signer() })
    const { record, ...seen } = await work(createRecorder({ agent_id: 'a' }, options))
    expect(seen).toEqual({ first: 'content', sameError: true, second: 1 })
    expect(record.steps.length).toBe(4)
    expect(validate(record).findings).toEqual([])
    expect(record.provenance.journal_head).toBeUndefined()
    expect(record.provenance.record_hash).toMatch(/^sha256:/)
    expect(new Set(faults.map(({ code }) => code))).toEqual(
      new Set(['recorder.journal_failed', 'recorder.write_failed']),
    )
    expect(record.provenance.metadata).toMatchObject({ recorder_faults: { 'recorder.journal_failed': 2 } })
  })

  it('where the disk is full, and the journal has what fitted', async () => {
    const files = smallDisk(2500)
    const { options, faults } = setUp({ files, signer: signer(), headEvery: 1 })
    const run = createRecorder({ agent_id: 'a' }, options)
    const { record, ...seen } = await work(run)
    expect(seen).toEqual({ first: 'content', sameError: true, second: 1 })
    expect(faults.length).toBeGreaterThan(0)
    expect(record.provenance.journal_head).toBeUndefined()
    expect(readJournal(readFileSync(run.journalPath!)).findings).toEqual([])
    expect(run.recordPath).toBeUndefined()
  })

  it('and loses nothing if there is room again before the end', async () => {
    const files = smallDisk(2500)
    const { options, faults } = setUp({ files, signer: signer() })
    const run = createRecorder({ agent_id: 'a' }, options)
    for (let n = 0; n < 5; n++) await run.toolCall({ tool_name: 'step', arguments: { n } }, () => n)
    expect(faults.length).toBeGreaterThan(0)
    files.room = Number.POSITIVE_INFINITY
    const record = await run.end()
    expectSound(run, record)
    expect(record.provenance.journal_head).toMatch(/^sha256:/)
  })

  it('where the disk cannot keep what it was given', async () => {
    const files: FileSystem = { ...nodeFileSystem, syncLater: () => Promise.reject(nodeError('EIO')) }
    const { options, faults } = setUp({ files, fsync: 'every_event' })
    const { record, ...seen } = await work(createRecorder({ agent_id: 'a' }, options))
    expect(seen).toEqual({ first: 'content', sameError: true, second: 1 })
    expect(new Set(faults.map(({ code }) => code))).toEqual(new Set(['recorder.write_failed']))
    expect(record.steps.length).toBe(4)
  })

  it('where clock, random bytes or the listener fail', async () => {
    const broken = () => {
      throw new Error('broken')
    }
    const { options } = setUp({ onFault: broken, transport: broken, newId: () => undefined })
    const { record, ...seen } = await work(createRecorder({ agent_id: 'a' }, options))
    expect(seen).toEqual({ first: 'content', sameError: true, second: 1 })
    expect(validate(record).findings).toEqual([])
    const stuck = setUp({ clock: () => Number.NaN })
    expect((await work(createRecorder({ agent_id: 'a' }, stuck.options))).first).toBe('content')
    const dead = setUp({ clock: broken, random: broken, newId: broken })
    const run = createRecorder({ agent_id: 'a' }, dead.options)
    expect(await run.toolCall({ tool_name: 't' }, () => 5)).toBe(5)
    expect(dead.faults.length).toBeGreaterThan(0)
  })

  it('where it hands over what cannot be recorded', async () => {
    const { options, faults } = setUp()
    const run = createRecorder({ agent_id: '', model: 7, tags: 'x' } as never, options)
    const cycle: Record<string, unknown> = { name: 'cycle' }
    cycle.self = cycle
    const hostile = {
      get trap() {
        throw new Error('trap')
      },
      toJSON() {
        throw new Error('no JSON')
      },
    }
    for (const args of [cycle, hostile, { lone: '\ud800' }, { big: 2 ** 60 }, 10n, Symbol('s'), () => 1, new Map()])
      await run.toolCall({ tool_name: 't', arguments: args as unknown }, () => args)
    await run.toolCall(
      { tool_name: 't', status: 'sucess', side_effects: [null, { kind: 3 }], cost: 'much' } as never,
      () => 1,
    )
    run.note('nonsense' as never, { role: 'robot' } as never)
    run.note('message', {
      role: 'user',
      parent_step_id: 'nobody',
      caused_by: ['s-1', 'nobody'],
      artifact_ids: ['none'],
    })
    run.artifact({ name: 7 } as never)
    run.evidence({ kind: 'NOT ALLOWED' })
    run.update({ tags: 'not a list' } as never)
    const record = await run.end({ outcome: 'sucess' } as never)
    expectSound(run, record)
    expect(record.agent_id).toBe('unknown')
    expect(record.steps.length).toBe(11)
    expect(record.steps.at(-1)?.caused_by).toEqual(['s-1'])
    expect(new Set(faults.map(({ code }) => code))).toEqual(
      new Set(['recorder.member_refused', 'recorder.object_refused', 'recorder.reference_refused']),
    )
  })
})

describe('strict', () => {
  it("throws the recorder's faults, and the agent's errors as they are", async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'runs'))
    writeFileSync(join(folder, 'file'), '')
    expect(() => createRecorder({ agent_id: 'a' }, { strict: true, directory: join(folder, 'file/x') })).toThrow(
      AgentRunError,
    )
    const run = createRecorder({ agent_id: 'a' }, { strict: true, directory: join(folder, 'runs') })
    expect(() => run.note('nonsense' as never)).toThrow(AgentRunError)
    expect(() => run.note('message', { role: 'robot' as never })).toThrow(AgentRunError)
    const error = new Error('mine')
    await expect(run.toolCall({ tool_name: 't' }, () => Promise.reject(error))).rejects.toBe(error)
    expect((await run.end()).steps.length).toBe(1)
  })
})

describe('errors of calls', () => {
  const thrown: [string, unknown, object][] = [
    ['an abort', new DOMException('stop', 'AbortError'), { status: 'cancelled', error_type: 'cancelled' }],
    ['a timeout', new DOMException('late', 'TimeoutError'), { status: 'timeout', error_type: 'timeout' }],
    ['a missing file', nodeError('ENOENT'), { status: 'failed', error_type: 'not_found' }],
    ['a refused connection', nodeError('ECONNREFUSED'), { status: 'failed', error_type: 'network' }],
    ['too many requests', Object.assign(new Error('slow down'), { status: 429 }), { error_type: 'rate_limited' }],
    ['an exit code', Object.assign(new Error('exited'), { code: 2 }), { error_type: 'tool_failed', exit_code: 2 }],
    ['a text', 'just a text', { error: 'just a text', error_type: 'tool_failed' }],
    ['nothing', undefined, { error: 'error', error_type: 'tool_failed' }],
  ]
  it.each(thrown)('tell %s', async (_, error, expected) => {
    const { options } = setUp()
    const run = createRecorder({ agent_id: 'a' }, options)
    await expect(run.toolCall({ tool_name: 't' }, () => Promise.reject(error))).rejects.toBe(error)
    const record = await run.end({ status: 'failed' })
    expect(record.steps[0]).toMatchObject(expected)
    expectSound(run, record)
  })

  it('tell a result that says it is one', async () => {
    const { options } = setUp()
    const run = createRecorder({ agent_id: 'a' }, options)
    await run.toolCall({ tool_name: 't', mcp_server: 'github' }, () => ({ isError: true, content: [] }))
    const record = await run.end()
    expect(record.steps[0]).toMatchObject({ status: 'failed', error_type: 'tool_failed' })
    expectSound(run, record)
  })
})
