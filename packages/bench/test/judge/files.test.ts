import { execFileSync } from 'node:child_process'
import { rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { digest } from '@agent-run/core'
import { describe, expect, it } from 'vitest'
import { judged, makePlace, outcomeOf, type TrialParts, write } from './trial.ts'

const fixture = {
  'src/a.js': 'let a = 1\n',
  'src/b.js': 'let b = 2\n',
  'test/a.test.js': 'test\n',
  'README.md': '# Shop\n',
}
const files = { 'src/a.js': 'const a = 1\nexport default a\n' }
/** A recorder keeps its own files in `.agent-run`. */
const changed: TrialParts = { fixture, files: { ...files, '.agent-run/spool/run.jsonl': '' } }

describe('file', () => {
  it.each([
    [{ path: 'src/a.js', state: 'changed' }, true, 'src/a.js is changed'],
    [{ path: 'src/b.js', state: 'changed' }, false, 'src/b.js is as it was; expected a change'],
    [{ path: 'src/b.js', state: 'unchanged' }, true, 'src/b.js is as it was'],
    [{ path: 'src/a.js', state: 'unchanged' }, false, 'src/a.js was changed; expected src/a.js as it was'],
    [{ path: 'src/c.js', state: 'unchanged' }, false, 'src/c.js is not there'],
    [{ path: 'src/a.js', state: 'present' }, true, 'src/a.js is there'],
    [{ path: 'src/c.js', state: 'present' }, false, 'src/c.js is not there; expected a file'],
    [{ path: 'src', state: 'present' }, false, 'src is a folder; expected a file'],
    [{ path: 'src/c.js', state: 'absent' }, true, 'src/c.js is not there'],
    [{ path: 'src/a.js', state: 'absent' }, false, 'src/a.js is there; expected nothing at src/a.js'],
    [{ path: 'src', state: 'absent' }, false, 'src is there; expected nothing at src'],
    [{ path: '.agent-run/run.jsonl', state: 'absent' }, true, '.agent-run/run.jsonl is not there'],
    [{ path: './src/a.js', state: 'changed' }, true, './src/a.js is changed'],
    [{ path: '../fixture/README.md' }, false, '../fixture/README.md is not there; expected a file'],
    [{ path: '/etc/passwd' }, false, '/etc/passwd is not there; expected a file'],
  ] as const)('%j', async (criterion, pass, label) => {
    expect(await outcomeOf({ kind: 'file', ...criterion }, changed)).toMatchObject({
      pass,
      label,
      score: pass ? 100 : 0,
    })
  })

  it.each([
    ['src/*.js', 'changed', true],
    ['test/**', 'changed', false],
    ['test/**', 'unchanged', true],
    ['src/**', 'unchanged', false],
    ['**/*.js', 'present', true],
    ['**/*.ts', 'present', false],
    ['**/*.ts', 'absent', true],
    ['**/*.md', 'absent', false],
    ['**/*.jsonl', 'absent', true],
  ] as const)('%s is %s: %s', async (path, state, pass) => {
    expect((await outcomeOf({ kind: 'file', path, state }, changed)).pass).toBe(pass)
  })

  it('gives each text that is there its share, and nothing beside one that is not to be there', async () => {
    const file = { kind: 'file', path: 'src/a.js' } as const
    expect(await outcomeOf({ ...file, contains: ['const', 'export', 'import'] }, changed)).toMatchObject({
      pass: false,
      score: 66.67,
      label: 'src/a.js lacks "import"',
    })
    expect(await outcomeOf({ ...file, contains: ['const'], matches: '^export ' }, changed)).toMatchObject({
      score: 100,
    })
    expect(await outcomeOf({ ...file, contains: ['const'], matches: '^const b' }, changed)).toMatchObject({ score: 50 })
    expect(await outcomeOf({ ...file, contains: ['CONST'], ignore_case: true }, changed)).toMatchObject({ score: 100 })
    expect(await outcomeOf({ ...file, contains: ['const'], lacks: ['export'] }, changed)).toMatchObject({
      score: 0,
      label: 'src/a.js contains "export"; expected it does not',
    })
    expect(await outcomeOf({ ...file, not_matches: 'a\\s*=\\s*1' }, changed)).toMatchObject({ score: 0 })
    expect(await outcomeOf({ ...file, not_matches: 'eval', lacks: ['let'] }, changed)).toMatchObject({ score: 100 })
  })

  it('looks at the files of a pattern together', async () => {
    const both = { kind: 'file', path: 'src/*.js' } as const
    expect((await outcomeOf({ ...both, contains: ['const a', 'let b'] }, changed)).pass).toBe(true)
    expect((await outcomeOf({ ...both, lacks: ['let b'] }, changed)).label).toBe(
      'src/*.js (2 files) contains "let b"; expected it does not',
    )
  })

  it('compares digests', async () => {
    const right = digest(new TextEncoder().encode('let b = 2\n'))
    expect((await outcomeOf({ kind: 'file', path: 'src/b.js', digest: right }, changed)).pass).toBe(true)
    expect((await outcomeOf({ kind: 'file', path: 'src/**', digest: right }, changed)).pass).toBe(true)
    expect((await outcomeOf({ kind: 'file', path: 'src/a.js', digest: right }, changed)).label).toBe(
      'src/a.js has another digest than was expected',
    )
  })

  it('follows no link, neither at the end nor on the way', async () => {
    const secret = makePlace()
    write(secret, { 'secret.txt': 'token\n' })
    const disturb: TrialParts['disturb'] = ({ workspace }) => {
      symlinkSync(join(secret, 'secret.txt'), join(workspace, 'link.txt'))
      symlinkSync(secret, join(workspace, 'folder'))
      symlinkSync('.', join(workspace, 'loop'))
    }
    expect(await outcomeOf({ kind: 'file', path: 'link.txt', contains: ['token'] }, { disturb })).toMatchObject({
      score: 0,
      label: 'link.txt is a link; expected a file',
    })
    expect((await outcomeOf({ kind: 'file', path: 'folder/secret.txt' }, { disturb })).pass).toBe(false)
    expect((await outcomeOf({ kind: 'file', path: '**/secret.txt' }, { disturb })).pass).toBe(false)
    expect((await outcomeOf({ kind: 'text', path: 'loop/link.txt', contains: ['token'] }, { disturb })).pass).toBe(
      false,
    )
  })

  it('opens no pipe and reads no file that is too large', async () => {
    expect((await outcomeOf({ kind: 'file', path: 'pipe', contains: ['x'] }, piped)).label).toBe(
      'pipe is a special file; expected a file',
    )
    expect((await outcomeOf({ kind: 'file', path: 'huge', contains: ['x'] }, large)).label).toBe(
      'huge is larger than 8 MiB; expected a text file',
    )
    expect((await outcomeOf({ kind: 'file', path: 'huge', digest: `sha256:${'0'.repeat(64)}` }, large)).label).toBe(
      'huge is larger than 256 MiB',
    )
  })

  it('escapes what stands in names of files', async () => {
    const path = 'a\u001b[31m\u202e.js'
    const { label } = await outcomeOf({ kind: 'tree', changed_only: [] }, { files: { [path]: '' } })
    expect(label).toBe('a\\u001b[31m\\u202e.js was added; expected no change')
  })
})

/** Makes pipes where there are any. */
const maker = 'mkfifo'
const piped: TrialParts = { disturb: ({ workspace }) => void execFileSync(maker, [join(workspace, 'pipe')]) }
/** A file that says it is large, and takes no room. It is looked at by the judge alone. */
const large: TrialParts = {
  disturb: ({ workspace }) => {
    writeFileSync(join(workspace, 'huge'), '')
    truncateSync(join(workspace, 'huge'), 300 * 2 ** 20)
  },
}

describe('tree', () => {
  it('passes if only what may change did', async () => {
    expect(await outcomeOf({ kind: 'tree', changed_only: ['src/**'] }, { fixture, files })).toMatchObject({
      pass: true,
      label: '1 file changed, and nothing else',
    })
    expect((await outcomeOf({ kind: 'tree', changed_only: [] }, { fixture })).pass).toBe(true)
  })

  it('names what else has changed, was added or removed', async () => {
    const disturb: TrialParts['disturb'] = ({ workspace }) => rmSync(join(workspace, 'README.md'))
    const parts = { fixture, files: { ...files, '.npmrc': 'x', 'test/a.test.js': '' }, disturb }
    expect((await outcomeOf({ kind: 'tree', changed_only: ['src/**'] }, parts)).label).toBe(
      '.npmrc was added, README.md was removed, test/a.test.js was changed; expected changes of src/** only',
    )
  })

  it('sees a file that was replaced by a link', async () => {
    const disturb: TrialParts['disturb'] = ({ workspace }) => {
      rmSync(join(workspace, 'README.md'))
      symlinkSync('src/a.js', join(workspace, 'README.md'))
    }
    expect((await outcomeOf({ kind: 'tree', changed_only: ['src/**'] }, { fixture, disturb })).pass).toBe(false)
  })
})

describe('json and text', () => {
  const schema = { type: 'object', required: ['total'], properties: { total: { const: 42 } } }

  it('judges a file by a schema', async () => {
    const json = { kind: 'json', path: 'out.json', schema } as const
    expect((await outcomeOf(json, { files: { 'out.json': '{"total":42}' } })).pass).toBe(true)
    expect((await outcomeOf(json, { files: { 'out.json': '{"total":41}' } })).label).toMatch(
      /^out.json is not valid by the schema: at \/total must be equal to constant/,
    )
    expect(await outcomeOf(json, { files: { 'out.json': '{"total":42,"total":42}' } })).toMatchObject({
      pass: false,
      label: 'out.json holds no JSON (json.duplicate_name); expected it by the schema',
      metadata: { error_type: 'output_invalid' },
    })
    expect((await outcomeOf(json, { files: { 'out.json': '{' } })).pass).toBe(false)
    expect((await outcomeOf(json)).label).toBe('out.json is not there; expected JSON')
  })

  it('is not taken in by names that every object has', async () => {
    const json = { kind: 'json', path: 'out.json', schema: { required: ['constructor', '__proto__'] } } as const
    expect((await outcomeOf(json, { files: { 'out.json': '{}' } })).pass).toBe(false)
    expect((await outcomeOf(json, { files: { 'out.json': '{"constructor":1,"__proto__":2}' } })).pass).toBe(true)
  })

  it('takes values of any depth for what they are', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    expect((await outcomeOf({ kind: 'json', path: 'out.json', schema }, { files: { 'out.json': deep } })).pass).toBe(
      false,
    )
  })

  it('finds the answer on standard output, and JSON in its last code block', async () => {
    const json = { kind: 'json', of: 'output', schema } as const
    expect((await outcomeOf(json, { stdout: ' {"total":42}\n' })).pass).toBe(true)
    const said = 'First:\n```json\n{"total":1}\n```\nNo, rather:\n\n~~~\n{"total":42}\n~~~\nDone.'
    expect((await outcomeOf(json, { stdout: said })).pass).toBe(true)
    for (const plain of ['I added it up:\n{"total":42}\nDone.', 'So:\n`{"total":42}`', 'So:\n{\n  "total": 42\n}\n'])
      expect((await outcomeOf(json, { stdout: plain })).pass, plain).toBe(true)
    expect((await outcomeOf(json, { stdout: '{"total":42}\nNo, rather:\n{"total":1}' })).pass).toBe(false)
    expect((await outcomeOf(json, { stdout: 'The total is 42.' })).label).toBe(
      'the answer holds no JSON (json.syntax); expected it by the schema',
    )
  })

  it('prefers the answer in the output folder', async () => {
    const disturb: TrialParts['disturb'] = ({ output }) => write(output, { 'answer.txt': 'forty-two' })
    const parts = { stdout: 'progress', disturb }
    expect((await outcomeOf({ kind: 'text', of: 'output', contains: ['forty-two'] }, parts)).pass).toBe(true)
    expect((await outcomeOf({ kind: 'text', of: 'stdout', contains: ['forty-two'] }, parts)).label).toBe(
      'stdout lacks "forty-two"',
    )
    expect((await outcomeOf({ kind: 'text', of: 'stderr', lacks: ['Error'] }, parts)).pass).toBe(true)
  })

  it('does not let an expression backtrack for ever', async () => {
    const parts = { stdout: `${'a'.repeat(60)}!` }
    expect(await outcomeOf({ kind: 'text', of: 'stdout', not_matches: '^(a+)+$' }, parts)).toMatchObject({
      pass: false,
      metadata: { error_type: 'timeout' },
    })
  })
})

describe('many files', () => {
  it('judges patterns against 10,000 files', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, index) => [`d${index % 100}/f${index}.txt`, '']),
    )
    const awkward = `${'**/'.repeat(20)}${'*a'.repeat(20)}.txt`
    const { criteria } = await judged({
      files,
      criteria: [
        { name: 'awkward', kind: 'file', path: awkward, state: 'absent' },
        { name: 'all', kind: 'tree', changed_only: ['d*/f*.txt'] },
      ],
    })
    expect(criteria.slice(0, 2)).toMatchObject([
      { pass: true },
      { pass: true, label: '10,000 files changed, and nothing else' },
    ])
  })
})
