// Most tests run the program in a process that stays: what it says and does there is what it says and does from a shell.
import { chmodSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { agentRun, folderWith, type Ran, timeless } from './binary.ts'
import { smallRun } from './records.ts'
import { finishedRun, folderWithKey, seal } from './sealing/signed.ts'
import { transcript } from './transcript.ts'

let files: Record<string, string> = {}
beforeAll(async () => {
  const cwd = await folderWithKey({
    'run.json': finishedRun(),
    'runs.jsonl': ['a', 'b'].map((id) => `${JSON.stringify(smallRun({ id }))}\n`).join(''),
    'wrong.json': smallRun({ status: 'sucess' }),
    'session.jsonl': transcript('one'),
    'eval.json': { pass: true, score: 91 },
  })
  await seal(cwd, 'run.json', '--protect', '--output', 'sealed.json')
  files = Object.fromEntries(readdirSync(cwd).map((name) => [name, readFileSync(join(cwd, name), 'utf8')]))
})

/** What came of a run, and what is in its folder afterwards. */
const ranIn = async (args: readonly string[], alone: boolean): Promise<Ran & { readonly files: object }> => {
  const cwd = folderWith(files)
  chmodSync(join(cwd, 'ci.key'), 0o600)
  const ran = await agentRun(args, { cwd, alone, env: { HOME: cwd, COLUMNS: '80' }, input: files['runs.jsonl'] ?? '' })
  const left = Object.fromEntries(
    readdirSync(cwd, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.key'))
      .map(({ parentPath, name }) => [name, readFileSync(join(parentPath, name), 'utf8')]),
  )
  const told = JSON.stringify({ ...ran, stderr: timeless(ran.stderr), files: left }).replaceAll(cwd, 'FOLDER')
  return JSON.parse(told)
}

it.each([
  [0, 'validate', '-'],
  [1, 'validate', 'wrong.json', '--output', 'report.md'],
  [2, 'validate', 'none.json'],
  [2, 'validate', '--formt', 'json'],
  [0, 'convert', 'session.jsonl', '--output-dir', 'runs'],
  [0, 'show', 'run.json', '--color'],
  [0, 'query', 'runs.jsonl', '--format', 'pretty'],
  [2, 'diff', 'a', 'c', 'runs.jsonl'],
  [2, 'seal', 'run.json', '--key', 'trust.json'],
  [0, 'verify', 'sealed.json', '--trust', 'trust.json', '--workers', '2'],
  [0, 'prove', 'sealed.json', '--step', 'x1', '--output', 'proof.json'],
  [0, 'redact', 'sealed.json', '--all'],
  [0, 'hash', 'run.json'],
  [0, 'sign', 'eval.json', '--key', 'ci.key', '--record', 'sealed.json', '--at', '2026-11-21T09:00:00Z'],
  [0, 'hook', 'claude-code', 'install', '--dry-run'],
  [0, 'explain', 'schema.enum'],
])('ends with %i: %s %s', async (code, ...args) => {
  const words = args.map(String)
  const stays = await ranIn(words, false)
  expect(stays.code).toBe(code)
  expect(stays).toEqual(await ranIn(words, true))
})
