import { randomBytes, randomUUID } from 'node:crypto'
import type { Signer } from '@agent-run/core'
import { lineOf, visible, visibleName } from '@agent-run/core/text'
import type { Ask, RunEnd, RunStart } from '@agent-run/sdk'
import type { Client } from '@agent-run/sdk/client'
import { createSession, type Session } from '@agent-run/sdk/mcp'
import type { PolicyFile } from '@agent-run/sdk/policy'
import { exit, Failure } from '../failure.ts'
import { policyIn, summaryOf } from '../input/policy-file.ts'
import { makeRecordFolder } from '../records/record-folder.ts'
import { signerOf } from '../sealing/signer.ts'
import { connect } from '../server/connect.ts'
import { askTerminal } from './ask-terminal.ts'
import { longestMessage, messageLines } from './message-lines.ts'
import { createWriter, type MessageWriter } from './message-writer.ts'
import type { ProxyOptions } from './options.ts'
import { nameOfServer } from './server-name.ts'
import { exitCodeOf, type ServerEnd, type ServerProcess, startServer } from './server-process.ts'

/** Reads the policy, says what it holds, and starts nothing. Throws `Failure`. */
export function checkPolicy({ policy }: ProxyOptions): number {
  if (policy === undefined) throw new Failure('--check: which policy? give --policy <file>')
  process.stdout.write(`${visibleName(policy)}: ${summaryOf(policyIn(policy))}\n`)
  return exit.clean
}

/**
 * Stands between the client on our standard streams and a server that it starts. Throws `Failure` before anything is started,
 * never afterwards.
 * @returns the exit code of the server
 */
export async function runProxy(command: readonly [string, ...string[]], options: ProxyOptions): Promise<number> {
  const policy = options.policy === undefined ? undefined : policyIn(options.policy)
  const signer = options.key === undefined ? undefined : await signerOf(options.key, options)
  const client = options.server || process.env['AGENT_RUN_SERVER_URL'] ? connect(options) : undefined
  const ask = await otherWayToAsk(options, client)
  const name = options.name ?? nameOfServer(command)
  makeFolder(options.directory)
  const server = await startServer(command)
  say(
    options,
    `recording ${visible(name)}${policy === undefined ? ', without a policy: nothing is refused' : `, ${summaryOf(policy)}`}`,
  )

  // A client that goes away must not end us before the record is written.
  process.stdout.removeAllListeners('error')
  process.stderr.removeAllListeners('error')
  process.stderr.on('error', () => {})
  const [toClient, toServer] = [createWriter(process.stdout), createWriter(server.stdin)]
  const session = openSession({ command, options, name, policy, signer, client, ask }, toClient, toServer)
  return carry({ session, server, toClient, toServer, options })
}

interface Setting {
  readonly command: readonly [string, ...string[]]
  readonly options: ProxyOptions
  readonly name: string
  readonly policy: PolicyFile | undefined
  readonly signer: Signer | undefined
  readonly client: Client | undefined
  readonly ask: Ask | undefined
}

function openSession(
  { command, options, name, policy, signer, client, ask }: Setting,
  toClient: MessageWriter,
  toServer: MessageWriter,
): Session {
  const cwd = process.cwd()
  return createSession(
    {
      server: name,
      transport: 'stdio',
      command: lineOf(command),
      run: runOf(options),
      recorder: {
        directory: options.directory,
        cwd,
        approvalExpiresIn: options.askTimeout,
        server: client ?? false,
        live: client !== undefined,
        // Clients wait a few seconds for their servers to end.
        answerWithin: 3000,
        ...(signer === undefined ? {} : { signer }),
      },
      ...(policy === undefined ? {} : { policy }),
      asksClient: options.ask === 'auto' || options.ask === 'client',
      ...(ask === undefined ? {} : { ask }),
      ...(options.approver === undefined ? {} : { approver: options.approver }),
      place: { root: cwd, cwd },
      token: `agent-run-${randomBytes(8).toString('hex')}`,
      warn,
    },
    { toClient: toClient.write, toServer: toServer.write },
  )
}

/** What the caller and the environment say of the run. Claude Code names its session to the servers that it starts. */
const runOf = ({ agent, session, task, turn }: ProxyOptions): Partial<RunStart> => {
  const { AGENT_RUN_PARENT_RUN_ID: parent, CLAUDE_CODE_SESSION_ID: claudeSession } = process.env
  return {
    ...(agent === undefined ? {} : { agent_id: agent }),
    session_id: session ?? (claudeSession || randomUUID()),
    ...(task === undefined ? {} : { task_id: task }),
    ...(turn === undefined ? {} : { turn_id: turn }),
    ...(parent ? { parent_run_id: parent } : {}),
  }
}

/** How people are asked, beside forms of the client. Throws `Failure` if that cannot be. */
async function otherWayToAsk(
  { ask, approver, trust }: ProxyOptions,
  client: Client | undefined,
): Promise<Ask | undefined> {
  if (trust !== undefined && (client === undefined || ask === 'client' || ask === 'nobody' || ask === 'terminal'))
    throw new Failure('--trust says whose decisions on a server count; it goes with --server')
  if (trust === '-') throw new Failure('--trust: standard input belongs to the client; give the name of a file')
  if (ask === 'terminal') return askTerminal(approver)
  if (ask === 'server' && client === undefined)
    throw new Failure('--ask server: which server? give --server, or set AGENT_RUN_SERVER_URL')
  if (client === undefined || ask === 'nobody' || ask === 'client') return undefined
  const [{ askServer }, { loadTrust, warnOfTrust }] = await Promise.all([
    import('@agent-run/sdk/client'),
    import('../verification/trust-file.ts'),
  ])
  await warnOfTrust(trust)
  return askServer(client, {
    ...(trust === undefined ? {} : { trust: await loadTrust(trust) }),
    onStranger: () => warn('a decision of a key that is not trusted as an approver was passed over'),
  })
}

const makeFolder = (directory: string): void => {
  try {
    makeRecordFolder(directory)
  } catch {
    // The recorder says what is wrong with it, and the session goes on.
  }
}

const warn = (text: string): void => void process.stderr.write(`agent-run: ${visible(text)}\n`)

const say = ({ quiet }: ProxyOptions, text: string): void => {
  if (!quiet) process.stderr.write(`agent-run mcp-proxy: ${text}\n`)
}

interface Running {
  readonly session: Session
  readonly server: ServerProcess
  readonly toClient: MessageWriter
  readonly toServer: MessageWriter
  readonly options: ProxyOptions
}

/** The first signal that this process got. */
interface Received {
  readonly signal: NodeJS.Signals
  /** Whether nothing was on its way then. */
  readonly wasIdle: boolean
}

/** Signals that end a session; whoever sends one to this process means the server, too. */
const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Carries messages until one of the two sides is gone, then ends the record. */
async function carry({ session, server, toClient, toServer, options }: Running): Promise<number> {
  let received: Received | undefined
  let interrupt = (): void => undefined
  const interrupted = new Promise<void>((resolve) => (interrupt = resolve))
  const onSignal = (signal: NodeJS.Signals): void => {
    received ??= { signal, wasIdle: session.isIdle }
    server.signal(signal)
    interrupt()
  }
  for (const signal of forwarded) process.on(signal, onSignal)

  const clientGone = pumpClient(session, toServer).catch(() => undefined)
  const serverSilent = pumpServer(server, session, toClient).catch(() => undefined)
  const first = await Promise.race([
    clientGone.then(() => 'client' as const),
    server.ended.then(() => 'server' as const),
  ])
  const end = first === 'client' ? await server.dismiss(session) : await server.ended
  await Promise.race([drained(serverSilent, toClient), interrupted.then(() => pause(200))])
  await finish(session, runEnd(end, { first, received }), options)
  await Promise.race([toClient.flushed(), interrupted])
  for (const signal of forwarded) process.off(signal, onSignal)
  return first === 'client' && received === undefined && end.signal !== null ? exit.clean : exitCodeOf(end)
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** What the server wrote last is passed on as fast as the client takes it; but what it has started may never be silent. */
async function drained(serverSilent: Promise<void>, toClient: MessageWriter): Promise<void> {
  const isSilent = serverSilent.then(() => true)
  while (!(await Promise.race([isSilent, pause(200)]))) {
    const isReady = toClient.ready()
    if (isReady === undefined) return
    await isReady
  }
}

async function pumpClient(session: Session, toServer: MessageWriter): Promise<void> {
  for await (const line of messageLines(process.stdin)) {
    if (line === undefined) session.refuse('client', `found a message of more than ${longestMessage} bytes`)
    else await session.fromClient(line)
    await toServer.ready()
  }
}

async function pumpServer(server: ServerProcess, session: Session, toClient: MessageWriter): Promise<void> {
  for await (const line of messageLines(server.stdout)) {
    if (line === undefined) session.refuse('server', `found a message of more than ${longestMessage} bytes`)
    else session.fromServer(line)
    await toClient.ready()
  }
}

/** Some clients end their servers by a signal, also when all went well: only one that cuts something off cancels the run. */
const runEnd = (
  { code, signal }: ServerEnd,
  { first, received }: { first: 'client' | 'server'; received: Received | undefined },
): RunEnd => {
  if (first === 'client' || received?.wasIdle) return { status: 'completed' }
  if (received !== undefined) return { status: 'cancelled', error: `the session was ended by ${received.signal}` }
  if (code === 0) return { status: 'completed' }
  const how = code === null ? `was ended by ${signal ?? 'an unknown signal'}` : `exited with ${code}`
  return { status: 'failed', error: `the server ${how} while its client was there`, error_type: 'tool_failed' }
}

async function finish(session: Session, end: RunEnd, options: ProxyOptions): Promise<void> {
  const ended = await session.end(end)
  if (ended === undefined) return
  const { record, recorder } = ended
  const calls = record.steps.filter(({ type }) => type === 'tool_call')
  const denied = calls.filter(({ status }) => status === 'denied').length
  const sealed = record.provenance.signature === undefined ? 'not sealed' : 'sealed'
  const where = recorder.recordPath === undefined ? 'the record could not be written' : visibleName(recorder.recordPath)
  say(options, `${calls.length} ${calls.length === 1 ? 'call' : 'calls'}, ${denied} refused; ${sealed}: ${where}`)
}
