// What may stand in a folder, or go on in it, that nobody expects.
import { appendFileSync, existsSync, lstatSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import { compareFiles, fileClockOf, takeSnapshot } from '../../src/recording/file-changes.ts'
import { FileLooker } from '../../src/recording/file-states.ts'
import { openGit, repositoryName } from '../../src/recording/git.ts'
import { agentRun, folderWith } from '../binary.ts'
import { isRunning, until } from '../waiting.ts'
import { git, outOfTime, record, repositoryWith } from './recorded.ts'

describe.skipIf(!tool('git'))('in a repository', () => {
  it('does not call complete what holds names that are no UTF-8', async () => {
    const cwd = repositoryWith({ 'a.txt': 'a\n' })
    writeFileSync(Buffer.concat([Buffer.from(`${cwd}/bad`), Buffer.of(0xff)]), 'before')
    const { run, step } = await record(cwd, 'printf more > "$(printf \'bad\\377\')"')
    expect(step.metadata?.files).toMatchObject({ changed: 0, complete: false })
    // The commit alone would not be the state to go back to.
    expect(run.checkpoints ?? []).toEqual([])
    expect(run.scope?.dirty).toBe(true)
  })

  it('takes no commit for the state before where the files that differ were not looked at', async () => {
    const cwd = repositoryWith({ 'a.txt': 'a\n', 'b.txt': 'b\n' })
    appendFileSync(join(cwd, 'b.txt'), 'dirty\n')
    const { run } = await record(cwd, 'true', ['--max-files', '1'])
    expect(run.scope?.dirty).toBe(true)
    expect(run.checkpoints ?? []).toEqual([])
  })

  it('leaves nothing beside the index, and starts no program that the repository names', async () => {
    const cwd = repositoryWith({ 'a.txt': 'a\n' })
    const ran = join(folderWith({}), 'ran')
    const program = join(folderWith({ 'gpg.sh': `#!/bin/sh\ntouch ${ran}\nexit 1\n` }), 'gpg.sh')
    for (const [name, value] of Object.entries({ 'log.showSignature': 'true', 'gpg.program': program }))
      git(cwd, 'config', name, value)
    git(cwd, 'config', 'core.splitIndex', 'true')
    appendFileSync(join(cwd, 'a.txt'), 'dirty\n')
    const before = readdirSync(join(cwd, '.git')).sort()
    const signed = `printf 'tree %s\\nparent %s\\nauthor a <a@example.org> %s +0000\\ncommitter a <a@example.org> %s +0000\\ngpgsig -----BEGIN PGP SIGNATURE-----\\n \\n x\\n -----END PGP SIGNATURE-----\\n\\nsigned\\n' $(git rev-parse HEAD^{tree}) $(git rev-parse HEAD) $(date +%s) $(date +%s) | git hash-object -t commit -w --stdin | xargs git update-ref HEAD`
    const { changed, run } = await record(cwd, signed)
    expect(changed).toEqual([`created ${git(cwd, 'rev-parse', 'HEAD').trim()}`])
    expect(run.checkpoints).toHaveLength(2)
    expect(existsSync(ran)).toBe(false)
    expect(readdirSync(join(cwd, '.git')).sort()).toEqual(before)
  })

  it('does not take its own files for those of the command', async () => {
    const cwd = repositoryWith({ 'a.txt': 'a\n' })
    await agentRun(['record', '--directory', '.', '--', 'sh', '-c', 'echo z > z'], { cwd })
    const name = readdirSync(cwd).find((each) => each.endsWith('.json')) as string
    const { artifacts } = JSON.parse(readFileSync(join(cwd, name), 'utf8'))
    expect(artifacts.map((each: { name: string }) => each.name)).toEqual(['z'])
  })

  it('keeps the password of an address that a helper of git is given to itself', () => {
    const cwd = repositoryWith({ 'a.txt': 'a\n' })
    git(cwd, 'remote', 'add', 'origin', 'helper::https://ada:hunter22@example.org/p.git')
    const found = openGit(cwd)
    expect(found && repositoryName(found)).toBe('https://example.org/p.git')
  })
})

describe('a file system whose clock is behind ours', () => {
  it.each([
    ['that has a file of ours', true],
    ['of which nothing is known', false],
  ])('%s: what is new is seen', (_, hasOurs) => {
    const root = folderWith()
    const place = { root, without: [], maxFiles: undefined, maxBytes: 1000 }
    const before = takeSnapshot(undefined, place)
    writeFileSync(join(root, 'journal'), '')
    const clock = hasOurs ? fileClockOf(join(root, 'journal')) : undefined
    writeFileSync(join(root, 'new.txt'), 'new\n')
    const { files } = compareFiles({ ...before, at: before.at + 60_000 }, undefined, clock)
    expect(files.find(({ name }) => name === 'new.txt')).toMatchObject({
      action: 'created',
      after: { digest: expect.stringMatching(/^sha256:/) },
    })
  })

  it('does not make new what was there before and had not been looked at', () => {
    const root = folderWith({ 'a.txt': 'a', 'b.txt': 'b' })
    const place = { root, without: [], maxFiles: 1, maxBytes: 1000 }
    const before = takeSnapshot(undefined, place)
    const old = lstatSync(join(root, 'b.txt'), { bigint: true })
    const clock = { device: old.dev, at: Number(old.ctimeMs) + 1 }
    rmSync(join(root, 'a.txt'))
    const found = compareFiles({ ...before, at: before.at - 60_000 }, undefined, clock).files
    expect(found.map(({ name, action }) => `${action} ${name}`)).toEqual(['deleted a.txt'])
  })
})

it('has no digest of a file that has grown since it was looked at', () => {
  const root = folderWith({ 'log.txt': 'one\n' })
  const looker = new FileLooker(root, { left: 1000, isSpent: false })
  const found = looker.look('log.txt')
  appendFileSync(join(root, 'log.txt'), 'two\n')
  expect(found && looker.read('log.txt', found).digest).toBeUndefined()
  const now = looker.look('log.txt')
  expect(now && looker.read('log.txt', now)).toMatchObject({ size: 8, digest: expect.stringMatching(/^sha256:/) })
})

it('ends what the command leaves behind when its time is up, even if that will not hear', async () => {
  const cwd = folderWith({ 'deaf.sh': 'trap "" TERM\necho $$ > pid\nsleep 60\nsleep 60\n' })
  const { run, pid } = await outOfTime(cwd, 'sh deaf.sh & wait')
  expect(run.status).toBe('timeout')
  await until(() => !isRunning(pid))
})
