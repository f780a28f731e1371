// V2: how long it takes a new process to come to its first verdict, and how much code that is.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { corpus, random } from './corpus.mjs'
import { interleave, summarise } from './interleave.mjs'
import { entryOf, writeAjvStandalone } from './peers.mjs'

const BAR_MS = 10
const BAR_KB = 12

const root = fileURLToPath(new URL('../../', import.meta.url))

/** @returns rows of V2: milliseconds beyond a bare node, then kilobytes (1,024 bytes) after minifying and gzip */
export async function run({ rounds = 15, log = () => {} } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'agent-run-bench-'))
  try {
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
    writeFileSync(join(folder, 'package.json'), '{"type": "module"}')
    writeFileSync(join(folder, 'run.json'), JSON.stringify(corpus.typical(1)))
    const ajv = await writeAjvStandalone(join(folder, 'generated-by-ajv.mjs'))
    const ajvReport = await writeAjvStandalone(join(folder, 'generated-by-ajv-report.mjs'), { allErrors: true })
    writeFileSync(join(folder, 'bundle.mjs'), await bundle(`export * from '@agent-run/core/validate'`))
    log('V2: cold start')
    const start = coldStarts(folder, Math.max(rounds, 9))
    log('V2: size')
    return [start, ...(await sizes(ajv, ajvReport))]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Programs that read a record, say whether it is valid, and end. */
const programs = () => ({
  bare: '',
  'agent-run': `import { readFileSync } from 'node:fs'
import { validate } from '@agent-run/core/validate'
process.exitCode = validate(readFileSync('run.json'), { semantics: false }).ok ? 0 : 1`,
  'agent-run with semantics': `import { readFileSync } from 'node:fs'
import { validate } from '@agent-run/core/validate'
process.exitCode = validate(readFileSync('run.json')).ok ? 0 : 1`,
  'agent-run in one file': `import { readFileSync } from 'node:fs'
import { validate } from './bundle.mjs'
process.exitCode = validate(readFileSync('run.json'), { semantics: false }).ok ? 0 : 1`,
  'ajv standalone': `import { readFileSync } from 'node:fs'
import isValid from './generated-by-ajv.mjs'
process.exitCode = isValid(JSON.parse(readFileSync('run.json', 'utf8'))) ? 0 : 1`,
  'ajv compiling': `import { readFileSync, readdirSync } from 'node:fs'
import Ajv from ${JSON.stringify(entryOf('ajv'))}
const folder = ${JSON.stringify(join(root, 'schemas/'))}
const ajv = new Ajv.default({ allowUnionTypes: true })
for (const name of readdirSync(folder)) if (name.endsWith('.json')) ajv.addSchema(JSON.parse(readFileSync(folder + name, 'utf8')), name)
process.exitCode = ajv.getSchema('agent-run.json')(JSON.parse(readFileSync('run.json', 'utf8'))) ? 0 : 1`,
})

const coldStarts = (folder, rounds) => {
  const ways = {}
  for (const [name, source] of Object.entries(programs())) {
    const file = `${name.replaceAll(' ', '-')}.js`
    writeFileSync(join(folder, file), source)
    ways[name] = () => {
      const begin = performance.now()
      const { status, stderr } = spawnSync(process.execPath, [file], { cwd: folder, encoding: 'utf8' })
      const time = performance.now() - begin
      if (status !== 0) throw new Error(`${name}: ${stderr}`)
      return time
    }
  }
  const times = interleave(ways, { rounds, slices: 3, next: random(2) })
  const beyond = (name) => summarise(times, (t) => (t[name] - t.bare) / 3)
  const { middle, spread } = beyond('agent-run')
  return {
    id: 'V2',
    name: 'from process start to the first verdict, beyond a bare node',
    value: middle,
    unit: 'ms',
    bar: BAR_MS,
    spread,
    peers: Object.keys(ways)
      .filter((name) => name !== 'bare' && name !== 'agent-run')
      .map((name) => ({ name, value: beyond(name).middle })),
  }
}

/** A bundle for a browser, minified. */
const bundle = async (contents) => {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    format: 'esm',
    platform: 'browser',
    minify: true,
    write: false,
  })
  return outputFiles[0].contents
}

/** Kilobytes of a bundle after gzip. */
const bundled = async (contents) => zipped(await bundle(contents))

const zipped = (bytes) => gzipSync(bytes, { level: 9 }).length / 1024

const sizes = async (ajv, ajvReport) => {
  const generated = join(root, 'packages/core/dist/generated')
  const both = await bundled(`export * from '${generated}/is-valid.js'\nexport * from '${generated}/schema-table.js'`)
  const exact = (value) => ({ value, unit: 'KB', spread: [value, value] })
  return [
    {
      id: 'V2',
      name: 'generated validators, gzip',
      ...exact(both),
      bar: BAR_KB,
      peers: [
        { name: 'ajv standalone', value: zipped(ajv) },
        { name: 'ajv standalone with all errors', value: zipped(ajvReport) },
      ],
    },
    {
      id: 'V2',
      name: 'the whole of @agent-run/core/validate for a browser, gzip',
      ...exact(await bundled(`export * from '@agent-run/core/validate'`)),
      peers: [
        { name: 'ajv', value: await bundled(`export { default } from 'ajv'`) },
        { name: 'zod', value: await bundled(`export * from 'zod'`) },
      ],
    },
  ]
}
