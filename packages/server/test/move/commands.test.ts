import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import { openStore } from '../../src/store/open-store.ts'
import { quickStart } from '../http/start-app.ts'
import { afterTest, startClient, temporaryFolder } from '../live/setup.ts'
import { createDatabase, execute, openClient } from '../postgres/database.mjs'
import { callProgram } from '../program.ts'
import { makeRun } from '../store/suite/runs.ts'
import { fillStore } from './filled-store.ts'
import { released } from './released.ts'

const bin = fileURLToPath(new URL('../../bin/agent-run-server.mjs', import.meta.url))

/** Runs the program to its end. */
const run = (parameters: readonly string[], input = ''): Promise<{ code: number; stdout: string; stderr: string }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [bin, ...parameters], { stdio: 'pipe' })
    let [stdout, stderr] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text))
    child.on('close', (code) => resolve({ code: code ?? -1, stdout, stderr }))
    child.stdin.end(input)
  })

/** Lets no run in beyond so many before the connection ends that is given back. */
const haltCopy = async (url: string, count: number) => {
  await execute(
    url,
    `CREATE FUNCTION halt() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN IF (SELECT count(*) FROM runs) >= ${count} THEN PERFORM pg_advisory_xact_lock(1); END IF; RETURN NULL; END $$;
    CREATE TRIGGER halt BEFORE INSERT ON runs FOR EACH STATEMENT EXECUTE FUNCTION halt()`,
  )
  const holder = await openClient(url)
  await holder.query('SELECT pg_advisory_lock(1)')
  return holder
}

describe('agent-run-server', () => {
  it('migrate says what has been applied, and applies what is pending', async () => {
    const store = `sqlite:${join(temporaryFolder(), 'runs.db')}`
    await (await openStore(store)).close()
    const call = (word: string) => callProgram(['migrate', word, '--store', store])
    expect(await call('up')).toMatchObject({ code: 0, stdout: 'Nothing was pending.\n' })
    expect(await call('plan')).toMatchObject({ code: 0, stdout: 'Nothing is pending.\n' })
    const { code, stdout } = await call('status')
    expect([code, stdout.split('\n')[0]]).toEqual([0, expect.stringMatching(/^sqlite: up to date, \d+ applied$/)])
  })

  it.skipIf(!tool('postgres'))('migrate refuses a store that a newer server has migrated', async () => {
    const { url, drop } = await createDatabase()
    afterTest(drop)
    await callProgram(['migrate', 'up', '--store', url])
    await execute(url, "INSERT INTO migrations VALUES ('9999-later', '')")
    expect(await run(['migrate', 'up', '--store', url])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('9999-later'),
    })
    expect((await callProgram(['migrate', 'status', '--store', url])).stdout).toContain('unknown  9999-later')
  })

  it.skipIf(!tool('postgres'))('migrate-store prints the totals of both stores, and that they are equal', async () => {
    const { url, drop } = await createDatabase()
    afterTest(drop)
    const from = `sqlite:${join(temporaryFolder(), 'runs.db')}`
    const store = await openStore(from)
    await fillStore(store)
    await store.close()
    const { code, stdout } = await run(['migrate-store', released(from), url])
    const [first, second] = stdout.split('to\n')
    expect([code, first]).toEqual([0, `from\n${second?.replace('equal\n', '')}`])
    expect(first).toContain('runs       66  sha256:')
    const other = await openStore(url)
    await fillStore(other, 'later ')
    await other.close()
    expect(await run(['migrate-store', released(from), url])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('differ'),
    })
  })

  it.skipIf(!tool('postgres'))('migrate-store goes on after it was killed', async () => {
    const { url, drop } = await createDatabase()
    afterTest(drop)
    const filled = `sqlite:${join(temporaryFolder(), 'runs.db')}`
    const store = await openStore(filled)
    await store.insertRuns(
      't',
      Array.from({ length: 300 }, (_, n) => makeRun(`run ${n}`)),
    )
    await store.close()
    const from = released(filled)
    await callProgram(['migrate', 'up', '--store', url])
    const holder = await haltCopy(url, 100)
    const child = spawn(process.execPath, [bin, 'migrate-store', from, url], { stdio: 'ignore' })
    while ((await execute(url, "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")).length === 0)
      await sleep(20)
    child.kill('SIGKILL')
    await once(child, 'close')
    const moved = async (): Promise<number> => (await execute(url, 'SELECT count(*)::int AS count FROM runs'))[0].count
    expect(await moved()).toBe(100)
    await holder.end()
    await execute(url, 'DROP FUNCTION halt CASCADE')
    const { code, stdout } = await run(['migrate-store', from, url])
    expect([code, stdout.endsWith('equal\n')]).toEqual([0, true])
    expect(await moved()).toBe(300)
  })

  it('migrate-store refuses what is no store', async () => {
    const to = `sqlite:${join(temporaryFolder(), 'to.db')}`
    for (const from of ['sqlite:/nowhere/runs.db', 'mysql://x'])
      expect(await callProgram(['migrate-store', from, to])).toMatchObject({ code: 2, stdout: '' })
  })

  it('migrate-store refuses a source that somebody else has open', async () => {
    const folder = temporaryFolder()
    const [from, to] = [`sqlite:${join(folder, 'from.db')}`, `sqlite:${join(folder, 'to.db')}`]
    const store = await openStore(from)
    await store.insertRuns('t', [makeRun('a')])
    expect(await run(['migrate-store', from, to])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('has the first store open'),
    })
    expect(existsSync(join(folder, 'to.db'))).toBe(false)
    await store.close()
  })

  it.skipIf(!tool('postgres'))('migrate-store refuses a database that a server has open', async () => {
    const { url, drop } = await createDatabase()
    afterTest(drop)
    const store = await openStore(url)
    await store.probe()
    const to = `sqlite:${join(temporaryFolder(), 'to.db')}`
    const refused = { code: 2, stderr: expect.stringContaining('has the first store open') }
    expect(await run(['migrate-store', url, to])).toMatchObject(refused)
    await store.close()
    expect(await run(['migrate-store', url, to])).toMatchObject({ code: 0 })
  })

  it.each([
    'export',
    'keys list',
    'keys revoke ark_00000000',
    'migrate status',
    'migrate plan',
    'migrate up',
    'compact',
    'compact --check',
  ])('%s makes no store where there is none', async (words) => {
    const folder = temporaryFolder()
    const store = `sqlite:${join(folder, 'slip.db')}`
    expect(await callProgram([...words.split(' '), '--store', store])).toEqual({
      code: 2,
      stdout: '',
      stderr: `agent-run-server: there is no store at ${store}; agent-run-server serve makes one\n`,
    })
    expect(readdirSync(folder)).toEqual([])
  })

  it.skipIf(!tool('postgres'))('makes no tables in an empty database that it was to read', async () => {
    const { url, drop } = await createDatabase()
    afterTest(drop)
    for (const words of [['export'], ['keys', 'list'], ['migrate', 'status']]) {
      expect(await callProgram([...words, '--store', url])).toMatchObject({
        code: 2,
        stdout: '',
        stderr: expect.stringContaining('there is no store in the database (host '),
      })
    }
    expect(await execute(url, "SELECT to_regclass('migrations') AS found")).toEqual([{ found: null }])
  })

  it.skipIf(!tool('postgres'))(
    'says why a database cannot be opened, and where it is, without its password',
    async () => {
      const { url, drop } = await createDatabase()
      afterTest(drop)
      const said = async (change: (url: URL) => void): Promise<string> => {
        const changed = new URL(url)
        changed.password = 'planted'
        change(changed)
        const { code, stderr } = await callProgram(['export', '--store', changed.href])
        expect([code, stderr]).toEqual([2, expect.not.stringContaining('planted')])
        return stderr
      }
      const user = decodeURIComponent(new URL(url).username)
      expect(await said((changed) => (changed.pathname = '/nowhere'))).toMatch(
        new RegExp(`there is no such database \\(host \\S+, port \\d+, database nowhere, user ${user}\\)\n`),
      )
      expect(await said((changed) => (changed.username = 'nobody'))).toMatch(/user .*user nobody\)/)
      const closed = 'postgres://me:planted@127.0.0.1:1/runs'
      const { code, stderr } = await run(['serve', '--store', closed])
      expect([code, stderr]).toEqual([
        2,
        'agent-run-server: the database cannot be opened: nothing listens there (host 127.0.0.1, port 1, database runs, user me)\n',
      ])
    },
  )

  it('keys says into which store a key was put, and how to revoke it', async () => {
    const folder = join(temporaryFolder(), "it's here")
    const store = `sqlite:${join(folder, 'runs.db')}`
    const first = await callProgram(['keys', 'create', '--store', store])
    expect(first.stderr).toContain(`made a new store: the key is in ${store}\n`)
    const again = await callProgram(['keys', 'create', '--store', store])
    expect(again.stderr).toMatch(/^the key is in /)
    const [, words] = /^revoke it with: (?:npx )?agent-run-server (.*)$/m.exec(again.stderr) ?? []
    const revoked = spawnSync('sh', ['-c', `"${process.execPath}" "${bin}" ${words}`], { encoding: 'utf8' })
    expect(revoked).toMatchObject({ status: 0, stdout: expect.stringContaining('was revoked') })
  })

  it('export and import are each other’s opposite', async () => {
    const folder = temporaryFolder()
    const [from, to] = [`sqlite:${join(folder, 'from.db')}`, `sqlite:${join(folder, 'to.db')}`]
    const store = await openStore(from)
    const client = await startClient({ store })
    for (let n = 0; n < 3; n++) await client.send('POST', '/runs', quickStart(`run ${n}`))
    await client.send('DELETE', '/runs/run%202?scope=record')
    const { stdout } = await run(['export', '--store', from])
    expect(stdout.split('\n').length).toBe(8)
    writeFileSync(join(folder, 'export.ndjson'), stdout)
    const done = { code: 0, stdout: '3 stored, 0 were there already, 0 refused\nequal\n' }
    expect(await run(['import', '--store', to], stdout)).toMatchObject(done)
    expect((await run(['export', '--store', to])).stdout.replaceAll(/"(received|erased)_at":"[^"]*"/g, '')).toBe(
      readFileSync(join(folder, 'export.ndjson'), 'utf8').replaceAll(/"(received|erased)_at":"[^"]*"/g, ''),
    )
    expect(await run(['import', join(folder, 'export.ndjson'), '--store', to])).toMatchObject({
      code: 0,
      stdout: '0 stored, 3 were there already, 0 refused\nequal\n',
    })
    expect(await run(['import', '--store', to], '{}\n')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no head'),
    })
  })
})
