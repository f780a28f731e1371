import { readdirSync, readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { recordSession } from '../record-session/index.mjs'
import { structuredPatch } from '../record-session/patch.mjs'
import { temporaryFolder } from './temporary-folder.mjs'

const shipped = fileURLToPath(new URL('../../examples/session/', import.meta.url))

const transcripts = (folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))

const blocks = (text) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ type, message }) => (type === 'user' || type === 'assistant') && Array.isArray(message.content))
    .flatMap(({ message }) => message.content)

/** What the shipped recording promises, and every new one has to keep. */
const keepsPromises = (folder) => {
  const files = transcripts(folder)
  const text = files.map((file) => file.text).join('')
  const all = blocks(text)
  const calls = all.filter(({ type }) => type === 'tool_use')
  const results = all.filter(({ type }) => type === 'tool_result')
  const failures = results.filter(({ is_error }) => is_error)

  expect(files.map(({ name }) => basename(dirname(name)))).toContain('subagents')
  expect(calls.length).toBeGreaterThanOrEqual(30)
  expect(results.map(({ tool_use_id }) => tool_use_id).sort()).toEqual(calls.map(({ id }) => id).sort())
  expect(
    new Set(calls.filter(({ name }) => name === 'Write').map(({ input }) => input.file_path)).size,
  ).toBeGreaterThanOrEqual(5)
  expect(failures.filter(({ content }) => content.startsWith('Exit code 1\n')).length).toBeGreaterThanOrEqual(1)
  expect(failures.filter(({ content }) => content.startsWith("The user doesn't want to proceed")).length).toBe(1)
  expect(failures.filter(({ content }) => content.startsWith('Permission to use Bash')).length).toBe(1)
  expect(all.some(({ type }) => type === 'thinking')).toBe(true)
  expect(text).not.toContain('"usage"')
  if (hostname().length > 4) expect(text).not.toContain(hostname())
  expect(text).not.toMatch(/record-session-|\/root\b|\/(Users|private)\//)
}

describe('the shipped recording', () => {
  it('keeps its promises', () => keepsPromises(shipped))
})

describe('a new recording', () => {
  it('keeps them too, and replaces an older one', async () => {
    const older = '00000000-0000-4000-8000-000000000000'
    const folder = temporaryFolder({
      'README.md': 'stays',
      [`${older}.jsonl`]: '{}',
      [`${older}/subagents/agent-1.jsonl`]: '{}',
    })
    const session = await recordSession(folder)
    expect(readdirSync(folder).sort()).toEqual([session, `${session}.jsonl`, 'README.md'].sort())
    keepsPromises(folder)
  })
})

it('describes a change as one hunk', () => {
  const lines = (text) => text.split('').join('\n')
  expect(structuredPatch(lines('abcdefgh'), lines('abcdXfgh'))).toEqual([
    { oldStart: 2, oldLines: 7, newStart: 2, newLines: 7, lines: [' b', ' c', ' d', '-e', '+X', ' f', ' g', ' h'] },
  ])
  expect(structuredPatch('same', 'same')).toEqual([])
})
