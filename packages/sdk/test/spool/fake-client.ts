import type { AgentRun, JournalAck, RunReceipt } from '@agent-run/types'
import { type Client, RequestError } from '../../src/client/index.ts'
import { receiptOf } from '../client/record.ts'

/** A server that keeps what it gets in memory, and fails when a test says so. */
export interface FakeServer {
  readonly client: Pick<Client, 'postRun' | 'appendEvents'>
  /** Ids in the order in which they were stored; an id twice was stored twice. */
  readonly stored: string[]
  /** How often it was asked. */
  asked: number
  /** What to fail with, if anything. */
  fail: (run: AgentRun) => RequestError | undefined
}

export const down = new RequestError('client.unreachable', 'there is no answer: ECONNREFUSED')
export const refused = (status: number, code: string): RequestError =>
  new RequestError(code, 'no', { status, problem: { type: 'x', title: 'No', status, code } })

export function createFakeServer(): FakeServer {
  const bodies = new Map<string, string>()
  const server: FakeServer = {
    stored: [],
    asked: 0,
    fail: () => undefined,
    client: {
      async postRun(given): Promise<RunReceipt> {
        server.asked++
        const text = new TextDecoder().decode(given as Uint8Array)
        const run = JSON.parse(text) as AgentRun
        await new Promise((resolve) => setTimeout(resolve, 1))
        const failure = server.fail(run)
        if (failure !== undefined) throw failure
        const known = bodies.get(run.id)
        if (known !== undefined && known !== text) throw refused(409, 'run.exists')
        bodies.set(run.id, text)
        if (known === undefined) server.stored.push(run.id)
        return receiptOf(run)
      },
      appendEvents: async (): Promise<JournalAck> => {
        throw refused(404, 'http.not_found')
      },
    },
  }
  return server
}
