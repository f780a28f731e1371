import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'agent-run-types-'))

beforeAll(() => {
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The errors of the compiler over some files of the folder: `file:line code`. */
const errorsOf = (...files: string[]): string[] => {
  const compilerOptions = {
    noEmit: true,
    strict: true,
    exactOptionalPropertyTypes: true,
    target: 'ES2022',
    module: 'NodeNext',
    resolveJsonModule: true,
    types: ['node'],
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }))
  const tsc = join(root, 'node_modules/.bin/tsc')
  const { stdout, status } = spawnSync(tsc, ['-p', folder, '--pretty', 'false'], { cwd: folder, encoding: 'utf8' })
  const errors = [...stdout.matchAll(/^(.+?)\((\d+),\d+\): error (TS\d+)/gm)].map(
    ([, file, line, code]) => `${file}:${line} ${code}`,
  )
  // Any other complaint, about the configuration say, must not pass for an answer.
  expect(status === 0).toBe(stdout === '')
  expect(errors.length > 0).toBe(stdout !== '')
  return errors
}

/** Copies a file of a package's tests to where the compiler finds the packages by name. */
const fixture = (path: string): { name: string; source: string } => {
  const name = path.replace(/\W/g, '-').replace(/-ts$/, '.ts')
  copyFileSync(join(root, 'packages', path), join(folder, name))
  return { name, source: readFileSync(join(folder, name), 'utf8') }
}

/** The TypeScript examples of a page, one file each. */
const examplesOf = (page: string): string[] => {
  const fences = [...readFileSync(join(root, page), 'utf8').matchAll(/^```ts\n([\s\S]*?)^```$/gm)]
  return fences.map(([, code], index) => {
    const name = `${page.replace(/\W/g, '-')}-${index}.ts`
    writeFileSync(join(folder, name), code!)
    return name
  })
}

describe('the types', () => {
  it('accept what is right', () => {
    expect(errorsOf(fixture('types/test/fixtures/examples.ts').name)).toEqual([])
  })

  it.each(['types/test/fixtures/mistakes.ts', 'core/test/validate/fixtures/types.ts'])(
    'refuse mistakes where they are: %s',
    (path) => {
      const { name, source } = fixture(path)
      const expected = source.split('\n').flatMap((line, index) => {
        const code = /← (TS\d+)$/.exec(line)?.[1]
        return code === undefined ? [] : [`${name}:${index + 1} ${code}`]
      })
      expect(expected.length).toBeGreaterThan(7)
      expect(errorsOf(name)).toEqual(expected)
    },
  )

  it('say in an editor which form a value has', () => {
    const source = readFileSync(join(root, 'packages/types/src/generated/types.ts'), 'utf8')
    for (const doc of [
      'When the run began. `null`: unknown. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.',
      '`sha256:` and 64 lower-case hexadecimal digits.',
      ' Integer, at least 0.',
      '@example "2026-11-20T14:02:11.480Z"',
    ])
      expect(source).toContain(doc)
  })

  it('are those of the HTTP protocol, and the other way round', () => {
    const document = JSON.parse(readFileSync(join(root, 'schemas/2020-12/openapi.json'), 'utf8'))
    const titles = Object.keys(document.components.schemas)
    expect(titles.length).toBeGreaterThan(60)
    const lines = titles.map((title) => `export const ${title}: Same<types.${title}, http['${title}']> = true`)
    const source = `import type * as types from '@agent-run/types'
import type { components } from '@agent-run/types/http'
type http = components['schemas']
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false
${lines.join('\n')}
export const wrong: Same<types.RunPage, http['StepPage']> = true
`
    writeFileSync(join(folder, 'http.ts'), source)
    expect(errorsOf('http.ts')).toEqual([`http.ts:${5 + titles.length} TS2322`])
  })

  it.each(['README.md', 'packages/types/README.md', 'packages/core/README.md'])('fit the examples in %s', (page) => {
    const files = examplesOf(page)
    expect(files.length).toBeGreaterThan(0)
    expect(errorsOf(...files)).toEqual([])
  })
})

describe('the package', () => {
  it.each([
    ['agent-run.json', undefined],
    ['step.json', 'step.json'],
    ['2020-12/agent-run.json', 'https://w3id.org/agent-run/v1/agent-run.json'],
    ['2020-12/step.json', 'https://w3id.org/agent-run/v1/step.json'],
  ])('exports schemas/%s as JSON', (file, id) => {
    // In a Node of its own, because the test runner resolves modules in its own way.
    const code = `import schema from '@agent-run/types/schemas/${file}' with { type: 'json' }
process.stdout.write(JSON.stringify(schema))`
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
      cwd: folder,
      encoding: 'utf8',
    })
    const schema = JSON.parse(stdout)
    expect(schema.$id).toBe(id)
    expect(schema).toEqual(JSON.parse(readFileSync(join(root, 'schemas', file), 'utf8')))
  })

  it('gives the compiler the schemas too', () => {
    const code = `import schema from '@agent-run/types/schemas/2020-12/step.json' with { type: 'json' }
export const title: string = schema.title
export const wrong: number = schema.title
`
    writeFileSync(join(folder, 'schema.ts'), code)
    expect(errorsOf('schema.ts')).toEqual(['schema.ts:3 TS2322'])
  })

  it('has no run time', async () => {
    expect(Object.keys(await import('@agent-run/types'))).toEqual([])
    expect(Object.keys(await import('@agent-run/types/http'))).toEqual([])
    const { dependencies } = JSON.parse(readFileSync(join(root, 'packages/types/package.json'), 'utf8'))
    expect(dependencies).toBeUndefined()
  })
})
