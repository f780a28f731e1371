import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createRecorder, reopenRecorder } from '../../src/index.ts'
import { nodeFileSystem } from '../../src/journal-file/index.ts'
import { expectSound, setUp, signer, temporaryFolder } from './setup.ts'

it('writes everything where the run began, wherever the process goes', () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'elsewhere'))
  const program = `
    import { createRecorder } from '${new URL('../../dist/index.js', import.meta.url)}'
    const run = createRecorder({ agent_id: 'a', id: 'r' })
    process.chdir('elsewhere')
    await run.handoff({ agent_id: 'b', run_id: 'child' }, () => 1)
    await run.end()`
  execFileSync(process.execPath, ['--input-type=module', '-e', program], { cwd: folder })
  expect(readdirSync(join(folder, '.agent-run')).sort()).toEqual(['child.journal', 'child.json', 'r.journal', 'r.json'])
  expect(readdirSync(join(folder, 'elsewhere'))).toEqual([])
})

it('never overwrites what is not a record of this run', async () => {
  const { options, faults } = setUp()
  const folder = options.directory as string
  writeFileSync(join(folder, 'package.json'), '{"precious":1}')
  const run = createRecorder({ agent_id: 'a', id: 'package' }, options)
  const record = await run.end()
  expect(readFileSync(join(folder, 'package.json'), 'utf8')).toBe('{"precious":1}')
  expect(faults.map(({ code }) => code)).toEqual(['recorder.write_failed'])
  expect(faults[0]?.message).toMatch(/package\.json is there already .* the record is .*package~[0-9a-f]{16}\.json$/)
  expect(JSON.parse(readFileSync(run.recordPath!, 'utf8'))).toEqual(record)
})

it('never writes through links that somebody put there', async () => {
  const { options } = setUp()
  const folder = options.directory as string
  writeFileSync(join(folder, 'victim'), 'precious')
  for (const name of ['s.journal', 's.journal.lock', 's.json']) symlinkSync(join(folder, 'victim'), join(folder, name))
  const run = createRecorder({ agent_id: 'a', id: 's' }, options)
  const record = await run.end()
  expectSound(run, record)
  expect(readFileSync(join(folder, 'victim'), 'utf8')).toBe('precious')
})

it('needs no hard links', async () => {
  const link = () => {
    throw Object.assign(new Error('EPERM'), { code: 'EPERM' })
  }
  const { options, faults } = setUp({ files: { ...nodeFileSystem, link } })
  const run = createRecorder({ agent_id: 'a', id: 'r' }, options)
  const record = await run.end()
  expectSound(run, record)
  expect(faults).toEqual([])
  expect(readdirSync(options.directory as string).sort()).toEqual(['r.journal', 'r.json'])
})

it('does nothing for a run that it let go of', async () => {
  const sent: unknown[] = []
  const { options, faults } = setUp({
    signer: signer(),
    transport: async (record) => ({ digest: String(sent.push(record)) }),
  })
  const run = createRecorder({ agent_id: 'a' }, options)
  await run.toolCall({ tool_name: 't' }, () => 1)
  run.abandon()
  const journal = readFileSync(run.journalPath!)
  const record = await run.end({ outcome: 'success' })
  run.note('message', { role: 'user', input: 'late' })
  run.abandon()
  expect([record.status, record.provenance.signed_by, record.provenance.record_hash]).toEqual([
    'unknown',
    undefined,
    undefined,
  ])
  expect([run.recordPath, sent, await run.flush()]).toEqual([undefined, [], {}])
  expect(readFileSync(run.journalPath!).equals(journal)).toBe(true)
  expect(faults.map(({ code }) => code)).toEqual(['recorder.too_late', 'recorder.too_late'])
  const { recorder } = reopenRecorder(run.journalPath!, options)
  expectSound(recorder, await recorder.end())
})

it('seals a run even if nobody can say how it ended', async () => {
  const { options, faults } = setUp({ signer: signer() })
  const trap = {
    get output() {
      throw new Error('trap')
    },
  }
  const run = createRecorder({ agent_id: 'a' }, options)
  const record = await run.end(trap as never)
  expectSound(run, record)
  expect([record.status, record.provenance.signed_by]).toEqual(['unknown', signer().did])
  expect(faults.map(({ code }) => code)).toEqual(['recorder.end_failed'])
  expect((await createRecorder({ agent_id: 'a' }, setUp().options).end(null as never)).status).toBe('completed')
})

it('tells what it knows, without a claim of a signature, where even that fails', async () => {
  const { options } = setUp({ signer: signer(), directory: false })
  const run = createRecorder({ agent_id: 'a' }, options)
  const broken = () => {
    throw new Error('broken')
  }
  const { toISOString } = Date.prototype
  Date.prototype.toISOString = broken
  const record = await run.end().finally(() => {
    Date.prototype.toISOString = toISOString
  })
  expect([record.status, record.provenance.signed_by, record.provenance.signature]).toEqual([
    'unknown',
    undefined,
    undefined,
  ])
})
