import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { agentRun, bin, folderWith } from './binary.ts'
import { smallRun } from './records.ts'

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }

/** What a run of the program loads, in a process of its own. */
const loadedBy = (args: readonly string[], cwd: string): string => {
  const folder = folderWith({
    'loaded.mjs': `import { register } from 'node:module'
register('data:text/javascript,' + encodeURIComponent(\`export async function resolve(s, c, n) { const r = await n(s, c); console.error('loaded ' + r.url); return r }\`))`,
  })
  const options = { encoding: 'utf8', cwd, env: {} } as const
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', join(folder, 'loaded.mjs'), bin, ...args],
    options,
  )
  expect(status).toBe(0)
  expect(stderr).toContain('/commander/')
  return stderr
}

it('--version prints the version, and loads no validator and no command', async () => {
  expect(await agentRun(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
  const loaded = loadedBy(['--version'], folderWith())
  // What shows texts safely is small, and part of every message.
  expect(loaded).not.toMatch(/(agent-run|packages)\/(core\/(?!dist\/bundle\/text\.js)|sdk\/)/)
  expect(loaded).not.toContain('/commands/')
})

it('a command loads no other, and of a sound record nothing that is for faults', () => {
  const loaded = loadedBy(['validate', 'run.json'], folderWith({ 'run.json': smallRun() }))
  expect(loaded.match(/(?<=\/commands\/)[\w-]+(?=\.js)/g)).toEqual(
    expect.arrayContaining(['validate', 'option-values']),
  )
  expect(loaded).not.toMatch(
    /\/commands\/(?!validate|option-values)|\/core\/dist\/bundle\/index|\/sdk\/|error-codes|\/frame\//,
  )
})

it('a command that is loaded alone is the one among all others', async () => {
  const top = (await agentRun(['--help'])).stdout
  const commands = [...top.matchAll(/^ {2}([a-z][a-z-]*) .*\S$/gm)].map(([, name]) => name as string)
  expect(commands).toContain('mcp-proxy')
  for (const command of commands.filter((name) => name !== 'help')) {
    const { stdout } = await agentRun(['help', command])
    expect(stdout).toContain(`Usage: agent-run ${command}`)
    expect((await agentRun([command, '--help'])).stdout).toBe(stdout)
  }
})

it('--help teaches, for every command', async () => {
  const top = (await agentRun(['--help'])).stdout
  expect(top).toContain('$ agent-run convert --from claude-code session.jsonl > runs.jsonl')
  const commands =
    'validate convert show query diff keygen seal verify journal prove redact send approve attest hash explain schema serve conform completion'
  for (const command of commands.split(' ')) {
    expect(top).toContain(`  ${command} `)
    const { code, stdout, stderr } = await agentRun([command, '--help'])
    expect({ command, code, stderr }).toEqual({ command, code: 0, stderr: '' })
    expect(stdout).toMatch(new RegExp(`\\$ agent-run ${command}`))
  }
})

it('without arguments shows help and ends with 2', async () => {
  const { code, stdout, stderr } = await agentRun([])
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain('Usage: agent-run')
})

it('says how to build where nothing is built', () => {
  const folder = folderWith()
  mkdirSync(join(folder, 'bin'))
  cpSync(bin, join(folder, 'bin/agent-run.mjs'))
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'bin/agent-run.mjs'), '--version'], {
    encoding: 'utf8',
  })
  expect({ status, stdout, stderr }).toEqual({
    status: 2,
    stdout: '',
    stderr: 'agent-run: not built yet; in the repository run: npm run build\n',
  })
})

describe('an error of the program itself', () => {
  // The file system answers with something nobody expects.
  const broken = async (args: readonly string[], env: Record<string, string>): Promise<string> => {
    const folder = folderWith({
      'break.mjs':
        "import fs from 'node:fs'; import { syncBuiltinESMExports } from 'node:module'; fs.statSync = () => { throw new RangeError('odd\\u001b[2J') }; syncBuiltinESMExports()",
    })
    const input = { cwd: folder, env: { ...env, NODE_OPTIONS: `--import=${join(folder, 'break.mjs')}` } }
    const { code, stderr } = await agentRun(['validate', 'run.json', ...args], input)
    expect(code).toBe(2)
    return stderr
  }

  it('is one line, with a stack only if asked for', async () => {
    expect(await broken([], {})).toBe(
      'agent-run: this should not have happened: odd\\u001b[2J (--verbose shows where; please report it)\n',
    )
    expect(await broken(['--verbose'], {})).toMatch(/RangeError: odd.*\n\s+at /)
    expect(await broken([], { AGENT_RUN_DEBUG: '1' })).toMatch(/RangeError: odd.*\n\s+at /)
  })
})

describe('completion', () => {
  it.each(['bash', 'zsh', 'fish'])('%s: a script made from the commands', async (shell) => {
    const { code, stdout } = await agentRun(['completion', shell])
    expect(code).toBe(0)
    for (const word of [
      'validate',
      'convert',
      'show',
      'schema',
      'completion',
      'max-findings',
      'sarif',
      '2020-12',
      'claude-code',
    ]) {
      expect(stdout).toContain(word)
    }
  })

  it('refuses a shell it does not know', async () => {
    const { code, stderr } = await agentRun(['completion', 'tcsh'])
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        "agent-run: command-argument value 'tcsh' is invalid for argument 'shell'. Allowed choices are bash, zsh, fish. (agent-run completion --help shows what there is)\n",
    })
  })

  it('completes in bash', async () => {
    const script = (await agentRun(['completion', 'bash'])).stdout
    const folder = folderWith({ 'complete.bash': script, 'run.json': smallRun() })
    const complete = (...words: string[]): string[] => {
      const program = `source ./complete.bash; COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _agent_run; printf '%s\\n' "\${COMPREPLY[@]}"`
      return spawnSync('bash', ['-c', program], { cwd: folder, encoding: 'utf8' }).stdout.trim().split('\n').sort()
    }
    expect(complete('agent-run', 's')).toEqual(['schema', 'seal', 'send', 'serve', 'show', 'sign'])
    expect(complete('agent-run', 'verify', '--level', '')).toEqual(['accountable', 'recorded', 'sealed'])
    expect(complete('agent-run', 'verify', '--part')).toEqual([''])
    expect(complete('agent-run', 'hash', '--kind', 'sta')).toEqual(['statement'])
    expect(complete('agent-run', 'journal', '')).toEqual(['fold', 'verify'])
    expect(complete('agent-run', 'validate', '--max-')).toEqual(['--max-findings', '--max-size', '--max-warnings'])
    expect(complete('agent-run', 'validate', '--format', 'j')).toEqual(['json', 'junit'])
    expect(complete('agent-run', 'show', '-f', 'm')).toEqual(['markdown'])
    expect(complete('agent-run', 'explain', 'time.o')).toEqual(['time.order', 'time.outside_run'])
    expect(complete('agent-run', 'schema', 'p')).toEqual(['path', 'print'])
    expect(complete('agent-run', 'schema', 'print', '--edition', '')).toEqual(['2020-12', 'draft-07'])
    expect(complete('agent-run', '--no-color', 'completion', '')).toEqual(['bash', 'fish', 'zsh'])
    expect(complete('agent-run', 'validate', 'ru')).toEqual(['run.json'])
    expect(complete('agent-run', 'validate', '--output', 'ru')).toEqual(['run.json'])
    expect(complete('agent-run', 'validate', '--schema', 'co')).toEqual(['completeness', 'content-ref', 'cost'])
    expect(complete('agent-run', 'schema', 'print', 'co')).toEqual(['completeness', 'content-ref', 'cost'])
    for (const option of ['--max-findings', '--max-size', '--max-warnings']) {
      expect(complete('agent-run', 'validate', option, '')).toEqual([''])
    }
  })
})

it('is started by the launcher that npm links', () => {
  expect(bin).toBe(fileURLToPath(new URL('../bin/agent-run.mjs', import.meta.url)))
  expect(readFileSync(bin, 'utf8').startsWith('#!/usr/bin/env node\n')).toBe(true)
})
