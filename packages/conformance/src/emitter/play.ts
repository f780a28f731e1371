import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isObject, type Json, type JsonObject } from '../bytes/json.ts'
import { createRedactor } from '../http/redact.ts'
import type { Schemas } from '../http/schemas.ts'
import { type Ending, runCommand } from './command.ts'
import type { Deposit } from './deposit.ts'
import type { Played } from './evidence.ts'
import { APPROVER, scenarioKeys, scenarioTrust } from './keys.ts'
import { filesOf, readInputs } from './read-files.ts'
import type { Scenario } from './scenario.ts'
import type { Decision } from './stub/approvals.ts'
import { listen, type Stub } from './stub/listen.ts'

/** Exit code by which a command says that it does not support a scenario (EX_USAGE of sysexits). */
export const UNSUPPORTED = 64

/** How commands are played. */
export interface PlayOptions {
  readonly command: readonly string[]
  readonly host: string
  readonly port: number
  readonly seconds: number
  readonly schemas: Schemas
  readonly fold: (journal: Uint8Array) => JsonObject | undefined
}

/** What came of running the command once. */
export interface Performance extends Played {
  readonly ending: Ending
  readonly strangers: number
  /** What was not judged and why, one sentence each. */
  readonly gaps: readonly string[]
}

/** Runs the command with a stub server of its own; with a scenario, its script is given to it. */
export const play = async (scenario: Scenario | undefined, options: PlayOptions): Promise<Performance> => {
  const { command, seconds, ...access } = options
  const folder = mkdtempSync(join(tmpdir(), 'agent-run-emitter-'))
  const output = join(folder, 'output')
  mkdirSync(output)
  const stub = await listen({
    ...access,
    mishaps: scenario?.server ?? [],
    decisions: scenario === undefined ? [] : decisionsOf(scenario.script),
  })
  try {
    const ending = await runCommand(
      command,
      {
        AGENT_RUN_SERVER_URL: stub.url,
        AGENT_RUN_KEY: stub.key,
        AGENT_RUN_OUTPUT: output,
        ...(scenario === undefined ? {} : scriptVariables(scenario, folder)),
      },
      seconds * 1000,
    )
    const files = (await readInputs(filesOf(output))).deposits.map((each) => ({
      ...each,
      origin: relative(each.origin, folder),
    }))
    const where = scenario === undefined ? '' : `${scenario.name}: `
    return {
      deposits: [...depositsOf(stub), ...files].map((each) => ({ ...each, origin: where + each.origin })),
      writes: [...stub.writes],
      stored: stub.shelf.runs.size,
      evals: evalsOf(stub),
      exit: ending.exit,
      // The key is good for this server only; all the same it belongs into no output.
      ending: {
        ...ending,
        tail: ending.tail
          .split('\n')
          .map(createRedactor({ main: stub.key }))
          .join('\n'),
      },
      strangers: stub.strangers,
      gaps: gapsOf(stub),
    }
  } finally {
    await stub.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

const relative = (origin: string, folder: string): string =>
  origin.startsWith(`${folder}/`) ? origin.slice(folder.length + 1) : origin

const evalsOf = ({ shelf }: Stub): readonly Json[] => [...shelf.runs.values()].flatMap(({ evals }) => evals)

/** What a stub server was given and what is not judged all the same, one sentence each. */
export const gapsOf = ({ shelf: { omitted, refused } }: Pick<Stub, 'shelf'>): readonly string[] => [
  ...(omitted > 0 ? [`${omitted} ${omitted === 1 ? 'record was' : 'records were'} more than is looked at`] : []),
  ...new Set(refused.filter(({ check }) => check === undefined).map(({ message }) => message)),
]

/** What a stub server was given: records in the octets that came, journals as they are, judgements. */
export const depositsOf = (stub: Stub): readonly Deposit[] => [
  ...evalsOf(stub).map((each, index): Deposit => {
    const octets = Buffer.from(JSON.stringify(each))
    return { kind: 'companion', origin: `judgement ${index + 1} of the stub server`, octets }
  }),
  ...stub.shelf.received.map(({ octets, origin }): Deposit => ({ kind: 'record', origin, octets })),
  ...[...stub.shelf.runs.values()]
    .filter(({ journal }) => journal.length > 0)
    .map(
      ({ journal }, index): Deposit => ({
        kind: 'journal',
        origin: `journal ${index + 1} of the stub server`,
        octets: Buffer.concat(journal),
      }),
    ),
  ...stub.shelf.refused.flatMap(({ check, message, origin }): readonly Deposit[] =>
    check === undefined ? [] : [{ kind: 'refused', origin, octets: Buffer.alloc(0), refusal: { check, message } }],
  ),
]

const scriptVariables = ({ name, script }: Scenario, folder: string): Record<string, string> => {
  const [file, trust] = [join(folder, 'script.json'), join(folder, 'trust.json')]
  writeFileSync(file, JSON.stringify({ scenario: name, keys: scenarioKeys(), ...script }, null, 2))
  writeFileSync(trust, JSON.stringify(scenarioTrust(undefined)))
  return { AGENT_RUN_SCENARIO: name, AGENT_RUN_SCRIPT: file, AGENT_RUN_TRUST: trust }
}

/** What the people of a script answer who are asked through the server. */
const decisionsOf = (script: JsonObject): readonly Decision[] =>
  momentsOf(script.play).flatMap(({ tool_call }): Decision[] => {
    if (!isObject(tool_call) || !isObject(tool_call.decision) || tool_call.decision.by !== 'person') return []
    const { decision, reason, grant } = tool_call.decision
    return [
      {
        tool: String(tool_call.name),
        decision: decision === 'approved' ? 'approved' : 'denied',
        person: APPROVER,
        ...(typeof reason === 'string' ? { reason } : {}),
        ...(isObject(grant) ? { grant: { ...grant, tool_name: String(tool_call.name) } } : {}),
      },
    ]
  })

/** All moments of a script, those of child runs included. */
const momentsOf = (play: Json | undefined): readonly JsonObject[] =>
  Array.isArray(play)
    ? play
        .filter(isObject)
        .flatMap((moment) => [moment, ...(isObject(moment.handoff) ? momentsOf(moment.handoff.play) : [])])
    : []
