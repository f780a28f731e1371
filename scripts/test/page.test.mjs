import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runHash } from '@agent-run/core'
import { describe, expect, it } from 'vitest'
import { checkPage } from '../check/markdown.mjs'
import { withFolder } from './folder.mjs'

const repository = fileURLToPath(new URL('../../', import.meta.url))
const fence = (info, content) => `\`\`\`${info}\n${content}\n\`\`\`\n`

const run = {
  spec_version: '1.0',
  id: 'r',
  agent_id: 'a',
  status: 'running',
  started_at: '2026-11-20T14:02:11Z',
  steps: [],
  cost: { input_tokens: 1, output_tokens: 1 },
  provenance: { run_hash: '' },
}
run.provenance.run_hash = runHash(run)

/** Checks a page of a repository that has little else. */
const problems = (page, files = {}) =>
  withFolder({ 'package.json': { scripts: { start: 'x' } }, 'README.md': page, ...files }, (root) => {
    mkdirSync(join(root, 'schemas'))
    symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'))
    return checkPage(root, 'README.md')
  })

describe('JSON examples', () => {
  it('validate against the schema they name', () => {
    expect(problems(fence('json agent-run', JSON.stringify(run)))).toEqual([])
    expect(problems(fence('json cost', '{"input_tokens":1,"output_tokens":null}'))).toEqual([])
    expect(problems(fence('json value', '[1]'))).toEqual([])
  })

  it('validate against the schema of what a server answers', () => {
    const check = (value) =>
      withFolder(
        { 'package.json': { scripts: {} }, 'README.md': fence('json problem', JSON.stringify(value)) },
        (root) => {
          symlinkSync(join(repository, 'schemas'), join(root, 'schemas'))
          return checkPage(root, 'README.md')
        },
      )
    const problem = {
      type: 'https://w3id.org/agent-run/v1/errors#run.unknown',
      title: 'x',
      status: 404,
      code: 'run.unknown',
    }
    expect(check(problem)).toEqual([])
    expect(check({ ...problem, status: 200 })).toEqual([expect.stringContaining('"/status"')])
  })

  const faults = {
    'a finding': fence('json cost', '{"input_tokens":1}'),
    'a member nobody knows': fence('json cost', '{"input_tokens":1,"output_tokens":1,"outputTokens":1}'),
    'a warning': fence('json agent-run', JSON.stringify({ ...run, outcome: 'success' })),
    'a fingerprint of another configuration': fence('json agent-run', JSON.stringify({ ...run, agent_id: 'b' })),
    'no schema': fence('json', '{}'),
    'a schema that does not exist': fence('json price', '{}'),
    'no JSON': fence('json value', '{'),
  }
  for (const [name, page] of Object.entries(faults)) {
    it(`show ${name}`, () => expect(problems(page)).toHaveLength(1))
  }

  it('may be wrong where they say so', () => {
    expect(problems(fence('json cost finds:schema.required', '{"input_tokens":1}'))).toEqual([])
    expect(problems(fence('json cost finds:schema.enum', '{"input_tokens":1,"output_tokens":1}'))).toHaveLength(1)
  })
})

describe('commands', () => {
  it('run with the files of the page and print what is shown', () => {
    const page = fence('json value x.json', '[1]') + fence('console', '$ cat x.json\n[1]\n$ false\nexit 1')
    expect(problems(page)).toEqual([])
  })

  const faults = {
    'another output': fence('console', '$ echo a\nb'),
    'another exit code': fence('sh', '$ false'),
    'no command': fence('sh', 'npm start'),
    'a language nobody checks': fence('ruby', 'puts'),
    'a program that fails': fence('js', 'process.exit(1)'),
    'a program that does not compile': fence('ts', 'const a: string = 1'),
    'a script that does not exist': 'Say `npm run build`.\n',
  }
  for (const [name, page] of Object.entries(faults)) {
    it(`show ${name}`, () => expect(problems(page)).toHaveLength(1))
  }

  it('find a server where they say so, and only there', () => {
    const sees = 'if (!process.env.AGENT_RUN_KEY?.startsWith("ark_")) throw 1'
    expect(problems(fence('js server', sees))).toEqual([])
    expect(problems(fence('js', sees))).toHaveLength(1)
  })

  it('in JavaScript are run, in TypeScript compiled, in text neither', () => {
    const page = fence('js', 'if (1 > 2) throw 1') + fence('ts', 'export const a: number = 1') + fence('text', 'npm ci')
    expect(problems(page)).toEqual([])
  })
})

describe('links', () => {
  const files = { 'spec/run.md': '# The run\n<a id="a.b"></a>\n' }

  it('lead to files, headings and anchors', () => {
    expect(
      problems('[a](spec/run.md#the-run) [b](spec/run.md#a.b) [c](spec) [d](https://example.org/x)', files),
    ).toEqual([])
  })

  for (const target of ['spec/step.md', 'spec/run.md#the-walk', '#here']) {
    it(`do not lead to ${target}`, () => expect(problems(`[a](${target})`, files)).toHaveLength(1))
  }
})

it('a page that is not there is a problem', () => {
  expect(withFolder({}, (root) => checkPage(root, 'README.md'))).toHaveLength(1)
})
