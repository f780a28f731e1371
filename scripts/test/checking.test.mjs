// spec/checking.md lets a stranger check a record by hand: its programs and commands are run here as they stand there.
import { execFileSync } from 'node:child_process'
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readBundle, verify } from '@agent-run/core'
import { describe, expect, it } from 'vitest'
import { run } from '../console.mjs'
import { fences } from '../markdown.mjs'
import { withFolder } from './folder.mjs'
import { tool } from './tools.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const page = fences(readFileSync(join(root, 'spec/checking.md'), 'utf8'))
const programs = page.filter(({ info }) => info[0] === 'python').map(({ content }) => content)
const commands = page
  .filter(({ info }) => info[0] === 'text')
  .map(({ content }) => content.replaceAll('\\\n', '').match(/(?<=^\$ ).*$/gm))
const RECORD = 'examples/records/sealed.json'
const stated = JSON.parse(readFileSync(join(root, RECORD), 'utf8')).provenance

/** Runs something in a folder in which the repository's examples can be seen. */
const inFolder = (work) =>
  withFolder({}, (folder) => {
    for (const name of ['conformance', 'examples', 'schemas', 'spec']) symlinkSync(join(root, name), join(folder, name))
    return work(folder)
  })

const python = (folder, program) => {
  writeFileSync(join(folder, 'program.py'), program)
  return execFileSync('python3', ['program.py', RECORD], { cwd: folder, encoding: 'utf8' })
}

const shell = (folder, lines) => run(lines.join('\n'), folder, `${join(root, 'node_modules/.bin')}:${process.env.PATH}`)

describe('checking a record by hand', () => {
  it.skipIf(!tool('python3'))('computes steps_root and record_hash in Python', () => {
    expect(inFolder((folder) => python(folder, programs[0]))).toBe(
      'steps_count True\nsteps_root True\nrecord_hash True\n',
    )
  })

  it.skipIf(!tool('python3') || !tool('openssl'))('verifies the signature with OpenSSL', () => {
    const output = inFolder((folder) => {
      for (const program of programs) python(folder, program)
      return shell(folder, commands[1]).output
    })
    expect(output).toBe('Signature Verified Successfully\n')
  })

  it.skipIf(!tool('sha256sum'))('finds record_hash with sha256sum', () => {
    const { output } = inFolder((folder) => shell(folder, commands[0]))
    const [sum, ...shown] = output.split('\n')
    expect(`sha256:${sum.split(' ')[0]}`).toBe(stated.record_hash)
    expect(shown.join('\n')).toContain(stated.record_hash)
  })

  it.skipIf(!tool('sha256sum'))('follows the chain of the journal with sha256sum', () => {
    const { output } = inFolder((folder) => shell(folder, commands[2]))
    const [sum, line] = output.split('\n')
    expect(line).toContain(`"prev":"sha256:${sum.split(' ')[0]}"`)
  })

  it.skipIf(!tool('python3'))('gets the same verdict from the independent implementation', () => {
    const { output } = inFolder((folder) => shell(folder, commands[3]))
    const { level, ok, by, time, checks } = JSON.parse(output)
    const { statements, evals } = readBundle(readFileSync(join(root, 'examples/proof/bundle.jsonl')))
    const own = verify(readFileSync(join(root, RECORD)), {
      trust: JSON.parse(readFileSync(join(root, 'examples/proof/trust.json'), 'utf8')),
      journal: readFileSync(join(root, 'examples/proof/journal.jsonl')),
      statements,
      evals,
      level: 'accountable',
      now: '2026-11-21T12:00:00Z',
    })
    expect({ level, ok, by, time }).toEqual({ level: 'accountable', ok: true, by: own.by, time: own.time })
    expect(checks.map(({ check, result }) => [check, result])).toEqual(
      own.checks.map(({ check, result }) => [check, result]),
    )
  })
})
