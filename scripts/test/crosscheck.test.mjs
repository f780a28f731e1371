// The vectors of conformance/vectors/ and the program that computes them, conformance/crosscheck/proof.py.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Ajv from 'ajv'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from './temporary-folder.mjs'
import { tool } from './tools.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const vectors = join(root, 'conformance/vectors')
const program = join(root, 'conformance/crosscheck/proof.py')
const folders = ['sign', 'tree', 'seal', 'journal', 'trust', 'verify']
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'))

const filesBelow = (folder) =>
  Object.fromEntries(
    folders.flatMap((name) =>
      readdirSync(join(folder, name), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]),
    ),
  )

// What is found on PATH may be a script that needs PATH itself.
const interpreter = () =>
  spawnSync(tool('python3'), ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).stdout.trim()

/** The program, with nothing on PATH: neither node nor a package of ours can help it. */
const python = (...options) => {
  const env = { PATH: '', PYTHONDONTWRITEBYTECODE: '1' }
  const run = spawnSync(interpreter(), [program, ...options], { encoding: 'utf8', env, maxBuffer: 2 ** 26 })
  return { status: run.status, stdout: run.stdout, stderr: run.stderr }
}

describe('the vectors', () => {
  const ajv = new Ajv({ allErrors: true, strict: true, strictRequired: false, allowUnionTypes: true })
  const schema = (name) => readJson(join(root, `conformance/schemas/${name}.json`))
  const isCase = ajv.compile(schema('verify-case'))

  for (const folder of folders.slice(0, -1)) {
    it(`${folder}: have the form that their schema says`, () => {
      ajv.addSchema(schema(`${folder}-vectors`), folder)
      const names = readdirSync(join(vectors, folder)).filter((name) => name !== 'manifest.json')
      expect(names.sort()).toEqual(
        Object.keys(schema(`${folder}-vectors`).definitions)
          .map((name) => `${name}.json`)
          .sort(),
      )
      for (const name of names) {
        const isVectors = ajv.getSchema(`${folder}#/definitions/${name.slice(0, -'.json'.length)}`)
        isVectors(readJson(join(vectors, folder, name)))
        expect(isVectors.errors, name).toBeNull()
      }
    })
  }

  it('verify: have the form that their schema says, and stand where their names say', () => {
    for (const [path, text] of Object.entries(filesBelow(vectors))) {
      if (!path.startsWith('verify/') || path === 'verify/manifest.json') continue
      const vector = JSON.parse(text)
      isCase(vector)
      expect(isCase.errors, path).toBeNull()
      expect(path).toBe(`verify/${vector.class}/${vector.name}.json`)
    }
  })

  it('name sentences that exist', () => {
    const { requirements } = readJson(join(root, 'conformance/requirements.json'))
    const known = new Set(Array.isArray(requirements) ? requirements.map(({ id }) => id) : Object.keys(requirements))
    const named = Object.values(filesBelow(vectors)).flatMap((text) => text.match(/"requirement": "[^"]+"/g) ?? [])
    const unknown = named.map((text) => text.split('"')[3]).filter((id) => !known.has(id))
    expect(new Set(named).size).toBeGreaterThan(50)
    expect([...new Set(unknown)]).toEqual([])
  })
})

describe.skipIf(!tool('python3'))('the independent program', () => {
  it('computes every vector into an empty folder, byte for byte', () => {
    const out = temporaryFolder()
    expect(python('--out', out)).toEqual({ status: 0, stdout: '', stderr: '' })
    expect(filesBelow(out)).toEqual(filesBelow(vectors))
  })

  it('says which files differ, and which it would not compute', () => {
    const out = temporaryFolder({ 'sign/extra.json': [] })
    const { status, stdout } = python('--out', out, '--check')
    expect(status).toBe(1)
    expect(stdout).toContain('conformance/vectors/sign/verify.json is not what this program computes')
    expect(stdout).toContain('conformance/vectors/sign/extra.json is not computed by this program')
  })

  it('prints the verdict of a whole record with what belongs to it', () => {
    const examples = join(root, 'examples')
    const { status, stdout } = python(
      ...['--verdict', join(examples, 'records/sealed.json')],
      ...['--trust', join(examples, 'proof/trust.json')],
      ...['--journal', join(examples, 'proof/journal.jsonl')],
      ...['--bundle', join(examples, 'proof/bundle.jsonl')],
      ...['--level', 'accountable', '--now', '2026-11-21T00:00:00Z'],
    )
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, level: 'accountable', completeness: { state: 'sealed' } })
  })

  it('prints the verdict of a case', () => {
    const path = join(vectors, 'verify/digest/member_changed.json')
    expect(JSON.parse(python('--verdict', path).stdout)).toEqual(readJson(path).expect)
  })
})

it.skipIf(!tool('python3') || !tool('shared'))(
  'the independent program judges the vectors of others as they say',
  () => {
    const { status, stdout } = python('--foreign', join(tool('shared'), 'vectors'))
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: '1065 signatures, 43 of 914 edge cases accepted, 196 proofs: 0 wrong\n',
    })
  },
)
