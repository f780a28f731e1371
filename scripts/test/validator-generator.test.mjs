// The generator knows the whole dialect, also the keywords that today's schemas do not use.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { validator } from '../gen/validator.mjs'
import { createOracle } from '../oracle.mjs'
import { withFolder } from './folder.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const $schema = 'http://json-schema.org/draft-07/schema#'
const files = {
  'schemas/thing.json': {
    $schema,
    $id: 'thing.json',
    title: 'Thing',
    type: 'object',
    required: ['list', 'it\'s "odd"'],
    properties: {
      list: { type: 'array', minItems: 1, maxItems: 2, items: { type: 'integer', maximum: 3 } },
      'it\'s "odd"': { type: 'string', minLength: 3 },
      constant: { const: 'x' },
      nothing: { type: 'null' },
      mixed: { type: ['string', 'number', 'array', 'object'], minLength: 2, minimum: 0, maximum: 9, maxItems: 1 },
      numbers: { type: ['integer', 'null'], enum: [1, 2.5, 'one', null] },
      anything: { description: 'anything at all' },
      list_of_anything: { type: 'array' },
      pattern: { type: 'string', pattern: '^/[a\'"]\\\\?$' },
      inner: { type: ['object', 'null'], required: ['a'], properties: { a: { type: 'boolean' } } },
      inner_list: { type: 'array', items: { type: 'object', properties: { a: { type: 'boolean' } } } },
      thing: { description: 'again', allOf: [{ $ref: 'thing.json' }] },
      other: { $ref: 'other.json' },
    },
  },
  'schemas/other.json': { $schema, $id: 'other.json', title: 'Other', type: 'object', properties: {} },
}

const PROBES = [
  ...[
    null,
    true,
    0,
    1,
    -1,
    2.5,
    3,
    4,
    9,
    10,
    '',
    'x',
    'xy',
    'xyz',
    '😀',
    '😀😀',
    '😀😀😀',
    'one',
    '/',
    '/a',
    "/'",
    '/"',
    '/\\',
    '/a\\',
  ],
  ...[[], [1], [1, 2], [1, 2, 3], [4], [1.5], ['x'], [[]], [{}], {}, { a: true }, { a: 1 }, [{ a: true }], [{ a: 1 }]],
]

let folder
let ours

beforeAll(async () => {
  const sources = withFolder(files, (folder) => validator(folder, ['thing.json']))
  const generated = {
    name: 'generated',
    setup: ({ onLoad }) =>
      onLoad({ filter: /generated\/(is-valid|schema-table)\.ts$/ }, ({ path }) => ({
        contents: sources[path.slice(root.length).replaceAll('\\', '/')],
        loader: 'ts',
      })),
  }
  const { outputFiles } = await build({
    stdin: {
      contents: `export { isValid } from './generated/is-valid.ts'
        export { schemaTable } from './generated/schema-table.ts'
        export { report } from './validate/report.ts'
        export { createCollector } from './validate/collector.ts'`,
      resolveDir: join(root, 'packages/core/src'),
    },
    bundle: true,
    format: 'esm',
    write: false,
    plugins: [generated],
  })
  folder = mkdtempSync(join(root, 'node_modules/.agent-run-generator-'))
  writeFileSync(join(folder, 'bundle.mjs'), outputFiles[0].text)
  ours = await import(pathToFileURL(join(folder, 'bundle.mjs')))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const keywords = (value) => {
  const collector = ours.createCollector(Number.POSITIVE_INFINITY)
  ours.report(ours.schemaTable, 'thing', value, true, collector)
  return collector
    .finish()
    .findings.filter(({ severity }) => severity === 'error')
    .map(
      ({ code, path }) =>
        `${path} ${code.replace('schema.', '').replace(/_(.)/g, (_, letter) => letter.toUpperCase())}`,
    )
    .sort()
}

describe('the generated validator of schemas that use the whole dialect', () => {
  it('agrees with ajv about every keyword', () => {
    const oracle = withFolder(files, (temporary) => createOracle(temporary, { strictTypes: false }))
    const base = { list: [1], 'it\'s "odd"': 'abc' }
    const values = [base, ...PROBES]
    for (const member of Object.keys(files['schemas/thing.json'].properties)) {
      for (const probe of PROBES)
        values.push({ ...base, [member]: probe }, { ...base, thing: { ...base, [member]: probe } })
    }
    const violated = new Set()
    for (const value of values) {
      const errors = oracle('thing', value)
      const typed = errors.filter(({ keyword }) => keyword === 'type').map(({ path }) => path)
      const expected = errors.filter(({ path, keyword }) => keyword === 'type' || !typed.includes(path))
      for (const { keyword } of errors) violated.add(keyword)
      expect({ value, valid: ours.isValid.thing(value, {}), errors: keywords(value) }).toEqual({
        value,
        valid: expected.length === 0,
        errors: expected.map(({ path, keyword }) => `${path} ${keyword}`).sort(),
      })
    }
    expect([...violated].sort()).toEqual(
      [
        'const',
        'enum',
        'maxItems',
        'maximum',
        'minItems',
        'minLength',
        'minimum',
        'pattern',
        'required',
        'type',
      ].sort(),
    )
  })
})

describe('the generator', () => {
  const ofX = (folder) => validator(folder, ['x.json'])
  const withMember = (member) => () =>
    withFolder({ 'schemas/x.json': { title: 'X', type: 'object', properties: { m: member } } }, ofX)

  it.each([
    [{ type: 'string', format: 'date' }, '"format" is not in the dialect'],
    [{ oneOf: [] }, '"oneOf" is not in the dialect'],
    [{ allOf: [{ $ref: 'x.json' }, { $ref: 'x.json' }] }, '"allOf" holds exactly one "$ref"'],
    [{ $ref: 'x.json', minLength: 1 }, 'members beside "$ref"'],
    [{ type: 'object', additionalProperties: false }, '"additionalProperties" can only be true'],
    [{ type: 'text' }, 'unknown type "text"'],
    [{ minLength: 1 }, 'a schema with minLength needs a type'],
    [{ type: 'object', required: ['a'] }, 'required member "a" is not described'],
  ])('refuses %j rather than check less', (member, message) => {
    expect(withMember(member)).toThrow(message)
  })

  it('writes code that builds no code', () => {
    for (const source of Object.values(validator(root))) expect(source).not.toMatch(/\b(?:eval|Function|import)\(/)
  })

  it('gives places the sentences that conformance/coverage.json names, the longest place first', () => {
    // What no validated object reaches has no place here.
    const page = { title: 'Page', type: 'object' }
    const coverage = {
      requirements: {
        'AR-A-001': { schema: ['x.json#'] },
        'AR-A-002': { schema: ['x.json#/required'], cases: [] },
        'AR-A-003': {},
        'AR-A-004': { schema: ['page.json#'] },
      },
    }
    const sources = withFolder(
      {
        'schemas/x.json': { title: 'X', type: 'object' },
        'schemas/page.json': page,
        'conformance/coverage.json': coverage,
      },
      ofX,
    )
    const table = sources['packages/core/src/generated/schema-table.ts']
    expect(table).toMatch(/\['x.json#\/required', 'AR-A-002'\],\n\s*\['x.json#', 'AR-A-001'\],\n\]/)
    expect(table).not.toMatch(/page/i)
  })
})
