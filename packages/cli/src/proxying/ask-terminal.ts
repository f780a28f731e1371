import { closeSync, openSync } from 'node:fs'
import { userInfo } from 'node:os'
import { createInterface } from 'node:readline/promises'
import { ReadStream, WriteStream } from 'node:tty'
import { visible } from '@agent-run/core/text'
import type { Answer, Ask } from '@agent-run/sdk'
import { questionLines } from '@agent-run/sdk/mcp'
import { Failure } from '../failure.ts'

/** The terminal that this process belongs to, whatever its standard streams are. */
const terminal = '/dev/tty'

/**
 * Asks on the controlling terminal, one question at a time. Throws `Failure` if there is none.
 * @param approver who sits there; the name of the user unless given
 */
export function askTerminal(approver: string | undefined): Ask {
  if (!isThere())
    throw new Failure('--ask terminal: this process has no terminal (a client started it); try --ask client')
  const actor = { kind: 'human' as const, id: approver ?? userName() }
  let turn: Promise<unknown> = Promise.resolve()
  return (request) => {
    const answer = turn.then(() => askOnce(questionLines(request), request.signal, actor))
    turn = answer.catch(() => undefined)
    return answer
  }
}

const isThere = (): boolean => {
  try {
    closeSync(openSync(terminal, 'r+'))
    return true
  } catch {
    return false
  }
}

const userName = (): string => {
  try {
    return userInfo().username
  } catch {
    return 'unknown'
  }
}

async function askOnce(
  lines: readonly string[],
  signal: AbortSignal,
  actor: NonNullable<Answer['actor']>,
): Promise<Answer> {
  if (signal.aborted) return { decision: 'cancelled', reason: 'nobody answered in time' }
  const input = new ReadStream(openSync(terminal, 'r'))
  const output = new WriteStream(openSync(terminal, 'w'))
  const reader = createInterface({ input, output })
  try {
    output.write(`\n${lines.map(visible).join('\n')}\n`)
    const word = (await reader.question('[y] once  [s] for this session  [N] no: ', { signal })).trim().toLowerCase()
    if (word === 'y' || word === 'yes') return { decision: 'approved', actor }
    if (word === 's' || word === 'session') return { decision: 'approved', actor, grant: { scope: 'session' } }
    return { decision: 'denied', actor }
  } catch {
    return { decision: 'cancelled', reason: 'the question was not answered' }
  } finally {
    reader.close()
    input.destroy()
    output.destroy()
  }
}
