import { readFileSync } from 'node:fs'
import { count, visible, visibleName } from '@agent-run/core/text'
import { exit, Failure } from '../failure.ts'
import { signerOf } from '../sealing/signer.ts'
import { directoryOf, type HookCall } from './call.ts'
import { faultLogOf, noteFault } from './fault-log.ts'
import { type Finished, finishSession } from './finish-session.ts'
import { logFolder } from './hook-log.ts'
import { findSession, isSessionOver, knownSessions } from './session-files.ts'

/** Milliseconds that the transcript of a turn is waited for. */
const patience = 10_000

const unsealed = 'records are not sealed: the hook has no --key'

/**
 * Makes records of sessions: what `agent-run hook claude-code --finish` does by hand.
 * @param named id of a session or path of a transcript; all sessions that hooks have written about if there is none
 * @returns the exit code. Throws `Failure` if there is nothing to do
 */
export async function finishByHand(named: string | true, call: HookCall): Promise<number> {
  const directory = directoryOf(call, process.env, undefined)
  const names = named === true ? knownSessions(directory) : [named]
  if (names.length === 0) throw new Failure(`no hook has written anything to ${visibleName(logFolder(directory))}`)
  const signer = call.key === undefined ? undefined : await signerOf(call.key, call)
  const sum = { written: 0, before: 0, left: 0 }
  let problems = 0
  const onFault = (what: string, error?: unknown): void => {
    problems++
    const why = error instanceof Error ? `: ${visible(error.message)}` : ''
    process.stderr.write(`agent-run: ${visible(what)}${why}\n`)
  }
  for (const name of names) {
    const files = findSession(directory, name)
    if (files === undefined) {
      onFault(`there is no transcript of ${name}`)
      continue
    }
    const over = isSessionOver(files, Date.now()) ? 'session' : 'turn'
    const options = { directory, over, patience: 0, onFault, ...(signer ? { signer } : {}) } as const
    const { written, before, left } = await finishSession(files, options)
    for (const path of written) process.stdout.write(`${path}\n`)
    sum.written += written.length
    sum.before += before
    sum.left += left
  }
  const seal = signer === undefined ? ', not sealed (no --key)' : ` and sealed with ${signer.did}`
  const others = [
    sum.before > 0 && `${sum.before} ${sum.before === 1 ? 'was' : 'were'} there before`,
    sum.left > 0 && `${sum.left} may still go on`,
  ]
  const words = [`${count(sum.written, 'record')} written${sum.written > 0 ? seal : ''}`, ...others.filter(Boolean)]
  process.stderr.write(`${words.join('; ')}\n`)
  return problems > 0 ? exit.failure : exit.clean
}

/** The same after an event, without anybody to tell: faults go to the log. Never throws. */
export async function finishAfter(session: string, event: string, call: HookCall): Promise<void> {
  const directory = directoryOf(call, process.env, undefined)
  const onFault = (what: string, error?: unknown): void => noteFault(directory, what, error)
  try {
    const files = findSession(directory, session)
    if (files === undefined) return onFault(`there is no transcript of session ${session}`)
    const signer = call.key === undefined ? undefined : await signerOf(call.key, call)
    const over = event === 'SessionEnd' ? 'session' : 'turn'
    const options = { directory, over, patience, onFault, ...(signer ? { signer } : {}) } as const
    const { written }: Finished = await finishSession(files, options)
    if (signer === undefined && written.length > 0 && !hasSaid(directory)) noteFault(directory, unsealed)
  } catch (error) {
    onFault(`the session ${session} could not be recorded`, error)
  }
}

const hasSaid = (directory: string): boolean => {
  try {
    return readFileSync(faultLogOf(directory), 'utf8').includes(unsealed)
  } catch {
    return false
  }
}
