// What is published, tried where it is used: an empty project, other Nodes, a browser, a TypeScript consumer.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import vm from 'node:vm'
import { readPack } from '@agent-run/bench'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { goldenFile, importable, packAll } from './packed.mjs'
import { tool } from './tools.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** The smallest record there is: the quick start of version 0.1. */
const quickStart = {
  id: '0b8d5f0e-6f0c-4a5e-9d6c-3f2f6a1f9c11',
  agent_id: 'my-agent',
  status: 'completed',
  started_at: '2026-01-05T10:00:00Z',
  steps: [],
  cost: { input_tokens: 1200, output_tokens: 300, cost_usd: 0.0081 },
  provenance: { run_hash: 'a'.repeat(64) },
}

let folder
let project
let packed

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'agent-run-packages-')))
  packed = packAll(root, folder)
  project = join(folder, 'project')
  mkdirSync(project)
  writeFileSync(join(project, 'package.json'), '{ "name": "project", "private": true, "type": "module" }\n')
  writeFileSync(join(project, 'quick-start.json'), JSON.stringify(quickStart))
  const flags = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', '--silent']
  // As npm does it for everybody: the repository's own engine-strict, which "npm test" hands down, is not their setting.
  const env = { ...process.env, npm_config_engine_strict: 'false' }
  const tarballs = packed.map(({ tarball }) => tarball)
  execFileSync('npm', ['install', ...flags, ...tarballs], { cwd: project, stdio: 'pipe', env })
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('content', () => {
  it('is what the golden lists say; "node scripts/test/golden.mjs" writes them', () => {
    for (const { name, files } of packed) {
      expect(files, name).toEqual(readFileSync(goldenFile(root, name), 'utf8').trimEnd().split('\n'))
    }
  })

  it('has no file that only the repository needs', () => {
    for (const { name, files } of packed) {
      expect(
        // The workspaces of benchmark packs have sources and tests for agents to work on.
        files.filter((path) => !path.startsWith('packs/') && /(^|\/)(src|test)\/|tsbuildinfo|tsconfig/.test(path)),
        name,
      ).toEqual([])
    }
  })
})

const nodes = { 'this Node': () => process.execPath, 'Node 22': () => tool('node22'), 'Node 24': () => tool('node24') }

describe.each(Object.keys(nodes))('in an empty project on %s', (name) => {
  const node = nodes[name]()
  const onNode = (...args) =>
    execFileSync(node, args, { cwd: project, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

  it.skipIf(node === undefined)('imports every export', () => {
    const specifiers = packed.flatMap(importable)
    expect(specifiers).toEqual(
      expect.arrayContaining(['@agent-run/core/validate', '@agent-run/types/schemas/step.json']),
    )
    const code = specifiers.map((specifier) => {
      const options = specifier.endsWith('.json') ? ", { with: { type: 'json' } }" : ''
      return `count += Object.keys(await import('${specifier}'${options})).length > 0 || /^@agent-run\\/types(\\/http)?$/.test('${specifier}')`
    })
    const answer = onNode('--input-type=module', '-e', `let count = 0\n${code.join('\n')}\nconsole.log(count)`)
    expect(answer.trim()).toBe(String(specifiers.length))
  })

  it.skipIf(node === undefined)('runs the command', () => {
    const bin = 'node_modules/agent-run/bin/agent-run.mjs'
    expect(onNode(bin, '--version').trim()).toBe(packed.find((each) => each.name === 'agent-run').manifest.version)
    expect(onNode(bin, 'validate', 'quick-start.json')).not.toContain('error')
  })

  it.skipIf(node === undefined)('finds the benchmark packs by name, as they are in the repository', () => {
    const code = `
      import { readPack } from '@agent-run/bench'
      console.log(['file-editing', 'tool-discipline', 'recovery'].map((name) => readPack(name).digest).join())
    `
    const installed = onNode('--input-type=module', '-e', code).trim().split(',')
    expect(installed).toEqual(
      ['file-editing', 'tool-discipline', 'recovery'].map((name) => readPack(join(root, 'bench/packs', name)).digest),
    )
  })

  it.skipIf(node === undefined)('runs the server', () => {
    const { version } = packed.find((each) => each.name === '@agent-run/server').manifest
    expect(onNode('node_modules/@agent-run/server/bin/agent-run-server.mjs', '--version').trim()).toBe(version)
    const code = `
      import { createApp, openStore } from '@agent-run/server'
      const store = await openStore('sqlite:server.db')
      const app = await createApp({ store })
      console.log((await app.inject('/readyz')).body)
      await app.close()
      await store.close()
    `
    expect(onNode('--input-type=module', '-e', code)).toContain('{"status":"ok"}')
  })
})

it('gives npx the command', () => {
  const answer = execFileSync('npx', ['--no-install', 'agent-run', '--version'], {
    cwd: project,
    encoding: 'utf8',
    stdio: 'pipe',
  })
  expect(answer.trim()).toBe(packed.find(({ name }) => name === 'agent-run').manifest.version)
})

describe('in a browser', () => {
  /** Bundles a module of the project the way web projects do, and fails on anything that needs Node. */
  const bundle = async (source) => {
    const { outputFiles, metafile } = await build({
      stdin: { contents: source, resolveDir: project, loader: 'js' },
      bundle: true,
      platform: 'browser',
      format: 'iife',
      write: false,
      metafile: true,
      logLevel: 'silent',
    })
    const imports = Object.values(metafile.inputs).flatMap((input) => input.imports)
    expect(imports.filter(({ external }) => external)).toEqual([])
    const [{ text }] = outputFiles
    expect(text).not.toMatch(/["']node:/)
    expect(text).not.toMatch(/\beval\s*\(|\bFunction\s*\(/)
    return text
  }

  /** Runs a bundle with the language and what every browser has, no Node, and no code from strings. */
  const runInPage = (code, page) => {
    const globals = { TextEncoder, TextDecoder, ...page }
    vm.runInNewContext(code, globals, { contextCodeGeneration: { strings: false, wasm: false } })
    return globals
  }

  it('bundles the types to nothing', async () => {
    expect(await bundle("import '@agent-run/types'")).not.toMatch(/[=(]\s*[{[]?\s*["']/)
  })

  it('validates a value and its bytes', async () => {
    const code = await bundle(`
      import { isAgentRun, validate } from '@agent-run/core/validate'
      const text = JSON.stringify(run)
      answers = {
        value: validate(run),
        text: validate(text),
        bytes: validate(Uint8Array.from(text, (char) => char.charCodeAt(0))),
        wrong: validate({ ...run, status: 'sucess' }),
        fast: isAgentRun(run),
      }
    `)
    const { answers } = runInPage(code, { run: quickStart, answers: undefined })
    expect(answers.value.ok && answers.text.ok && answers.bytes.ok && answers.fast).toBe(true)
    expect(answers.wrong.ok).toBe(false)
    expect(answers.wrong.findings.map(({ code, path }) => `${code} ${path}`)).toContain('schema.enum /status')
  })

  it('bundles and runs all of core, with the portable hash', async () => {
    const code = await bundle("import * as core from '@agent-run/core'\nanswer = core.digest('abc')")
    const { answer } = runInPage(code, { answer: undefined })
    expect(answer).toBe('sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })

  it('bundles and runs the client of a server, with the fetch of the page', async () => {
    const code = await bundle(`
      import { createClient } from '@agent-run/sdk/client'
      answer = createClient({ url: 'https://example.org', key: 'k' }).info()
    `)
    const asked = []
    const fetch = async (url, { headers, redirect }) => {
      asked.push([url, headers.authorization, redirect])
      return new Response('{"protocol":["1.0.0"]}')
    }
    const platform = { fetch, Response, URL, URLSearchParams, AbortController, setTimeout, clearTimeout, crypto }
    const { answer } = runInPage(code, { ...platform, answer: undefined })
    expect(await answer).toEqual({ protocol: ['1.0.0'] })
    expect(asked).toEqual([['https://example.org/.well-known/agent-run', 'Bearer k', 'manual']])
  })
})

describe.each(['NodeNext', 'Bundler'])('for a TypeScript consumer with %s resolution', (resolution) => {
  const compile = (source) => {
    const consumer = join(project, `consumer-${resolution.toLowerCase()}`)
    mkdirSync(consumer, { recursive: true })
    writeFileSync(join(consumer, 'index.ts'), source)
    const options = {
      module: resolution === 'NodeNext' ? 'NodeNext' : 'ESNext',
      moduleResolution: resolution,
      target: 'ES2022',
      lib: ['ES2023'],
      strict: true,
      noEmit: true,
      skipLibCheck: false,
      types: [],
    }
    writeFileSync(join(consumer, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, include: ['index.ts'] }))
    try {
      execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', consumer], {
        cwd: project,
        encoding: 'utf8',
        stdio: 'pipe',
      })
      return ''
    } catch (error) {
      return error.stdout
    }
  }

  it('compiles', () => {
    const source = `
      import type { AgentRun, Step } from '@agent-run/types'
      import { validate, type Validation } from '@agent-run/core/validate'
      import { convertClaudeCode } from '@agent-run/sdk/adapters/claude-code'
      import { canonicalize } from '@agent-run/core'
      import { createRecorder, type Recorder } from '@agent-run/sdk'
      import { type Client, createClient } from '@agent-run/sdk/client'
      const run: AgentRun = ${JSON.stringify(quickStart)}
      export const steps: Step[] = run.steps
      export const verdict: Validation = validate(run)
      export const text: string = canonicalize(run)
      export const convert: unknown = convertClaudeCode
      export const client: Client = createClient({ url: 'http://127.0.0.1:3000', retry: { attempts: 2 } })
      export const recorder: Recorder = createRecorder({ agent_id: 'a' }, { server: client, live: true })
    `
    expect(compile(source)).toBe('')
  })

  it('refuses a misspelt member', () => {
    const wrong = { ...quickStart, agentId: 'x' }
    const source = `import type { AgentRun } from '@agent-run/types'\nexport const run: AgentRun = ${JSON.stringify(wrong)}\n`
    expect(compile(source)).toContain('agentId')
  })
})
