// Scenarios of our packs, done by a real client: the model plays what the scripted agent does well.
import { readFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fileEditing } from '../../../../examples/scripted-agent/file-editing.mjs'
import { recovery } from '../../../../examples/scripted-agent/recovery.mjs'
import { toolDiscipline } from '../../../../examples/scripted-agent/tool-discipline.mjs'
import { agentRun } from '../binary.ts'
import { codexSettings, environmentOf } from './clients.ts'
import { type Reply, type Script, startModel } from './scripted-model.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const moves: Readonly<Record<string, Readonly<Record<string, { readonly good: readonly Move[] }>>>> = {
  'file-editing': fileEditing,
  recovery,
  'tool-discipline': toolDiscipline,
}

/** A move of the scripted agent, as far as these scenarios have them. */
interface Move {
  readonly call?: string
  readonly with?: object
  readonly say?: string
  readonly write?: string
  readonly text?: string
  readonly replace?: string
  readonly from?: string
  readonly to?: string
}

interface Scenario {
  readonly id: string
  readonly prompt: string
  readonly tools?: readonly string[]
  readonly allowed_tools?: readonly string[]
}

/**
 * Runs these scenarios of packs with a client.
 *
 * @param folder an empty one, for the results
 * @returns for each scenario in its order whether it passed
 */
export async function runScenarios(
  client: 'claude' | 'codex',
  program: string,
  folder: string,
  wanted: Readonly<Record<string, readonly string[]>>,
): Promise<[string, boolean][]> {
  const passed: [string, boolean][] = []
  for (const [pack, ids] of Object.entries(wanted)) {
    const packFolder = join(root, 'bench/packs', pack)
    const { scenarios } = JSON.parse(readFileSync(join(packFolder, 'pack.json'), 'utf8')) as { scenarios: Scenario[] }
    const chosen = scenarios.filter(({ id }) => ids.includes(id))
    const script: Script = Object.fromEntries(
      chosen.map((scenario) => [
        scenario.prompt,
        (moves[pack]?.[scenario.id]?.good ?? []).flatMap((move) => repliesOf(client, move, scenario)),
      ]),
    )
    const model = await startModel(script)
    try {
      const place = { home: folder, cwd: folder, modelUrl: model.url }
      const env = environmentOf(place, program)
      const { HOME, PATH, LANG, CLAUDE_CONFIG_DIR, CODEX_HOME, ...handedOn } = env
      const settings = client === 'codex' ? codexSettings(model.url).flatMap((line) => ['-c', line]) : []
      const runtime = ['node', join(root, 'examples/bench/agent.mjs'), client, ...settings].map(quoted).join(' ')
      const out = join(folder, `results-${pack}`)
      const args = ['bench', 'run', packFolder, '--runtime', runtime, '--quiet', '--out', out, '--only', ids.join(',')]
      const ran = await agentRun([...args, ...Object.keys(handedOn).flatMap((name) => ['--env', name])], {
        cwd: folder,
        env: { ...env, PATH: [dirname(program), PATH].join(delimiter) },
      })
      if (ran.code !== 0 && ran.code !== 1) throw new Error(ran.stderr)
      for (const id of ids) {
        const verdict = JSON.parse(readFileSync(join(out, `trials/${id}.1/eval.json`), 'utf8')) as { pass: boolean }
        passed.push([id, verdict.pass])
      }
    } finally {
      model.stop()
    }
  }
  return passed
}

const quoted = (word: string): string => (/^[\w./=:-]+$/.test(word) ? word : `'${word}'`)

/** What a sound model says and calls for a move: what needs an approval is asked about before. */
function repliesOf(client: 'claude' | 'codex', move: Move, { tools, allowed_tools: allowed }: Scenario): Reply[] {
  if (move.say !== undefined) return [{ text: move.say }]
  if (move.call !== undefined) {
    const input = move.with ?? {}
    const asks = allowed !== undefined && tools?.includes(move.call) === true && !allowed.includes(move.call)
    const request = { tool_name: move.call, arguments: input }
    const called = (name: string, args: object) =>
      client === 'claude'
        ? { name: `mcp__scenario__${name}`, input: args }
        : { namespace: 'mcp__scenario', name, input: args }
    return [...(asks ? [{ calls: [called('request_approval', request)] }] : []), { calls: [called(move.call, input)] }]
  }
  const command = commandOf(move)
  if (command === undefined) return []
  return [
    {
      calls: [
        client === 'claude'
          ? { name: 'Bash', input: { command, description: 'a change' } }
          : { name: 'exec_command', input: { cmd: command } },
      ],
    },
  ]
}

function commandOf({ write, text, replace, from, to }: Move): string | undefined {
  const node = (code: string, ...args: string[]): string =>
    ['node', '-e', code, ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ')
  if (write !== undefined) return node('require("fs").writeFileSync(...process.argv.slice(1))', write, text ?? '')
  if (replace === undefined) return undefined
  const code =
    'const [f,a,b]=process.argv.slice(1),fs=require("fs");fs.writeFileSync(f,fs.readFileSync(f,"utf8").replace(a,()=>b))'
  return node(code, replace, from ?? '', to ?? '')
}
