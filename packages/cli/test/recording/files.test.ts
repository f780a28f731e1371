import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import { agentRun, folderWith } from '../binary.ts'
import { digestOf, git, record, repositoryWith } from './recorded.ts'

describe.skipIf(!tool('git'))('in a repository', () => {
  it('names what changed, with digests before and after', async () => {
    const cwd = repositoryWith({ 'a.txt': 'a\n', 'b.txt': 'b\n', 'sub/c.txt': 'c\n' })
    const { code, run, effects, changed } = await record(
      cwd,
      'echo more >> a.txt; rm sub/c.txt; echo new > "n e w.txt"',
    )
    expect(code).toBe(0)
    expect(changed).toEqual(['modified a.txt', 'created n e w.txt', 'deleted sub/c.txt'])
    const observed = effects.filter(({ target_kind }) => target_kind === 'file')
    expect(observed).toMatchObject([
      {
        kind: 'write',
        target: 'a.txt',
        before_digest: digestOf('a\n'),
        after_digest: digestOf('a\nmore\n'),
        reversible: 'full',
      },
      { kind: 'write', target: 'n e w.txt', after_digest: digestOf('new\n') },
      { kind: 'delete', target: 'sub/c.txt', before_digest: digestOf('c\n'), reversible: 'full' },
    ])
    expect(observed.every(({ basis }) => basis === 'observed')).toBe(true)
    expect(run.artifacts?.[0]?.content).toEqual({ digest: digestOf('a\nmore\n'), size: 7 })
    expect(run).toMatchObject({
      git_branch: 'main',
      git_commit: git(cwd, 'rev-parse', 'HEAD').trim(),
      scope: { dirty: false },
    })
  })

  it('blames nobody for what was changed before, and leaves ignored files out', async () => {
    const cwd = repositoryWith({ 'a.txt': 'a\n', 'b.txt': 'b\n', '.gitignore': '*.log\n' })
    writeFileSync(join(cwd, 'a.txt'), 'dirty\n')
    writeFileSync(join(cwd, 'untracked.txt'), 'u\n')
    const { run, changed, effects } = await record(cwd, 'touch b.txt a.txt; echo x > y.log; echo more >> untracked.txt')
    expect(run.scope?.dirty).toBe(true)
    expect(changed).toEqual(['modified untracked.txt'])
    expect(effects.find(({ target }) => target === 'untracked.txt')).toMatchObject({ before_digest: digestOf('u\n') })
  })

  it('shows commits that were made meanwhile, and files that are in them', async () => {
    const cwd = repositoryWith({ 'a.txt': 'a\n' })
    const script = 'echo b > b.txt; git add b.txt; git -c user.name=x -c user.email=x@example.org commit -qm "two more"'
    const { run, changed, effects } = await record(cwd, script)
    const commit = git(cwd, 'rev-parse', 'HEAD').trim()
    expect(changed).toEqual(['created b.txt', `created ${commit}`])
    expect(run.artifacts?.[1]).toMatchObject({ kind: 'commit', metadata: { subject: 'two more' } })
    expect(effects.at(-1)).toMatchObject({
      kind: 'write',
      target_kind: 'repo',
      target: commit,
      operation: 'commit',
      basis: 'observed',
    })
    expect(run.git_commit).not.toBe(commit)
    const { effects: moved, changed: none } = await record(cwd, 'git checkout -q -b other')
    expect(moved.at(-1)).toMatchObject({
      operation: 'move HEAD',
      target: expect.stringMatching(/^main \w{12} → other \w{12}$/),
    })
    expect(none).toEqual([])
  })

  it('does not enter submodules, nor repositories within, nor follow links', async () => {
    const outside = folderWith({ 'secret.txt': 'outside\n' })
    const library = repositoryWith({ 'lib.txt': 'l\n' })
    const cwd = repositoryWith({ 'a.txt': 'a\n', 'dir/d.txt': 'd\n' })
    git(cwd, 'submodule', '--quiet', 'add', library, 'library')
    git(cwd, 'commit', '--quiet', '--message', 'two')
    git(cwd, 'clone', '--quiet', library, 'inner')
    symlinkSync(join(outside, 'secret.txt'), join(cwd, 'link'))
    const script = `echo x >> library/lib.txt; echo x >> inner/lib.txt; echo x >> link; rm -r dir; ln -s '${outside}' dir`
    const { changed, effects } = await record(cwd, script)
    expect(changed).toEqual(['created dir', 'deleted dir/d.txt'])
    expect(effects.find(({ target }) => target === 'dir')?.after_digest).toBe(digestOf(outside))
    expect(JSON.stringify(effects)).not.toContain(digestOf('outside\nx\n'))
  })

  it('makes a checkpoint without touching work tree, index or references, and one can go back to it', async () => {
    const cwd = repositoryWith({ 'a.txt': 'a\n', 'b.txt': 'b\n', '.gitignore': '.agent-run\n' })
    writeFileSync(join(cwd, 'a.txt'), 'dirty\n')
    writeFileSync(join(cwd, 'u.txt'), 'untracked\n')
    writeFileSync(join(cwd, 'b.txt'), 'staged\n')
    git(cwd, 'add', 'b.txt')
    const state = (): string[] => [
      git(cwd, 'status', '--porcelain'),
      git(cwd, 'for-each-ref'),
      git(cwd, 'stash', 'list'),
      git(cwd, 'ls-files', '--stage'),
    ]
    const before = state()
    const index = readFileSync(join(cwd, '.git/index'))
    await record(cwd, 'true')
    expect(state()).toEqual(before)
    expect(readFileSync(join(cwd, '.git/index')).equals(index)).toBe(true)
    const { run, stderr } = await record(cwd, 'echo gone > a.txt; rm b.txt u.txt')
    expect(run.checkpoints).toMatchObject([
      { when: 'before', kind: 'git_commit', metadata: { holds: ['tracked', 'untracked'], referenced: false } },
      { when: 'after', kind: 'git_commit' },
    ])
    const back = run.recovery?.rollback?.how ?? ''
    expect(stderr).toContain(back)
    git(cwd, ...back.split(' ').slice(1))
    const contents = ['a.txt', 'b.txt', 'u.txt'].map((name) => readFileSync(join(cwd, name), 'utf8'))
    expect(contents).toEqual(['dirty\n', 'staged\n', 'untracked\n'])
    const without = await record(cwd, 'true', ['--no-checkpoint'])
    expect(without.run).not.toHaveProperty('checkpoints')
  })

  it('names the repository without credentials', async () => {
    const cwd = repositoryWith({ 'a.txt': 'a\n' })
    git(cwd, 'remote', 'add', 'origin', 'https://ada:s3cr3t-word@git.example.org/acme/parser.git?token=abcdefgh')
    expect((await record(cwd, 'true')).run.scope?.repository).toBe('https://git.example.org/acme/parser.git')
    git(cwd, 'remote', 'set-url', 'origin', 'git@git.example.org:acme/parser.git')
    expect((await record(cwd, 'true')).run.scope?.repository).toBe('git.example.org:acme/parser.git')
    git(cwd, 'remote', 'set-url', 'origin', '/home/ada/private/parser.git/')
    expect((await record(cwd, 'true')).run.scope?.repository).toBe('parser.git')
  })

  it('works before the first commit, and where git itself makes it', async () => {
    const cwd = folderWith({ 'a.txt': 'a\n' })
    git(cwd, 'init', '--quiet')
    const { changed, run } = await record(
      cwd,
      'rm a.txt; git add -A; git -c user.name=x -c user.email=x@y commit -q --allow-empty -m first',
    )
    expect(changed).toEqual(['deleted a.txt', `created ${git(cwd, 'rev-parse', 'HEAD').trim()}`])
    expect(run.checkpoints?.[0]?.kind).toBe('git_commit')
  })

  it('starts nothing that the repository asks for', async () => {
    const cwd = repositoryWith({ 'a.txt': 'a\n' })
    const outside = folderWith()
    const trap = `#!/bin/sh\ntouch '${join(outside, 'sprung')}'\n`
    for (const name of ['post-checkout', 'pre-commit', 'post-index-change', 'reference-transaction'])
      writeFileSync(join(cwd, '.git/hooks', name), trap, { mode: 0o755 })
    writeFileSync(join(cwd, 'monitor'), trap, { mode: 0o755 })
    git(cwd, 'config', 'core.fsmonitor', './monitor')
    await record(cwd, 'echo b > b.txt')
    expect(existsSync(join(outside, 'sprung'))).toBe(false)
  })
})

describe('elsewhere', () => {
  it('looks at every file', async () => {
    const cwd = folderWith({ 'a.txt': 'a\n', 'b.txt': 'b\n', 'deep/er/c.txt': 'c\n', 'node_modules/x/index.js': 'x' })
    const script =
      'touch b.txt; echo more >> a.txt; rm deep/er/c.txt; echo new > new.txt; echo y > node_modules/x/index.js'
    const { changed, effects, run } = await record(cwd, script)
    expect(changed).toEqual(['modified a.txt', 'deleted deep/er/c.txt', 'created new.txt'])
    expect(effects.find(({ target }) => target === 'a.txt')).toMatchObject({
      before_digest: digestOf('a\n'),
      after_digest: digestOf('a\nmore\n'),
    })
    expect(run.checkpoints).toBeUndefined()
    expect(run.scope).toEqual({ root: cwd })
  })

  it('says where it stopped looking', async () => {
    const cwd = folderWith(Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`f${n}`, 'x'.repeat(100)])))
    const { stderr, step } = await record(cwd, 'echo y > f0; echo z > f8', ['--max-files', '4'])
    expect(stderr).toContain('1 file modified, among those that were looked at')
    expect(step.metadata).toMatchObject({ files: { by: 'scan', complete: false } })
    const bytes = await record(cwd, 'echo w > f0', ['--max-bytes', '250'])
    expect(bytes.changed).toEqual(['modified f0'])
    expect(bytes.step.metadata).toMatchObject({ files: { complete: false } })
  })

  it('does not wait for pipes and devices', async () => {
    const cwd = folderWith({ 'a.txt': 'a\n' })
    const { code, changed } = await record(cwd, 'mkfifo pipe; rm a.txt; mkfifo a.txt')
    expect({ code, changed }).toEqual({ code: 0, changed: ['deleted a.txt'] })
  })

  it('looks at no file if it is told so', async () => {
    const cwd = folderWith({ 'a.txt': 'a\n' })
    const { changed, run, stderr } = await record(cwd, 'rm a.txt', ['--no-files'])
    expect({ changed, scope: run.scope }).toEqual({ changed: [], scope: undefined })
    expect(stderr).not.toContain('file')
  })

  it('keeps what a file is called from reaching the terminal', async () => {
    const cwd = folderWith()
    const { changed } = await record(cwd, 'touch "$(printf \'a\\033[2Jb\\nc\')"')
    expect(changed).toEqual(['created a\u001b[2Jb\nc'])
    const shown = await agentRun(['show', '.agent-run', '--all'], { cwd })
    expect(shown.stdout).not.toContain('\u001b')
  })
})
