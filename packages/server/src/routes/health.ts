import { AgentRunError } from '@agent-run/core'
import { sendJson } from '../app/answer.ts'
import type { AppContext, RouteModule } from '../app/context.ts'
import { problem } from '../app/problem.ts'

/** Milliseconds that the store has to write and read a row. */
const PATIENCE = 3000
/** Milliseconds that a good answer is repeated, so that asking is no load. */
const FRESH = 250

/** Whether the process lives, whether it can do its work, and what it counts. */
export const healthRoutes: RouteModule = (app, context) => {
  const findFault = createReadiness(context)

  app.get('/healthz', { config: { scope: 'none' } }, async (_request, reply) => sendJson(reply, { status: 'ok' }))

  app.get('/readyz', { config: { scope: 'none' } }, async (_request, reply) => {
    if (context.stopping.aborted) throw problem(503, 'server.not_ready', { detail: 'the server is stopping' })
    const fault = await findFault()
    if (fault !== undefined)
      throw problem(503, 'server.not_ready', {
        detail: 'the store did not write and read a row in time',
        headers: { 'retry-after': '1' },
        cause: fault,
      })
    return sendJson(reply, { status: 'ok' })
  })

  app.get('/metrics', { config: { scope: 'admin', loopback: true } }, async (_request, reply) => {
    const { text, type } = await context.metrics.read()
    return reply.header('content-type', type).send(text)
  })
}

/** Asks the store to do real work, once for all who ask at the same time; gives what it fails with. */
const createReadiness = ({ store }: AppContext): (() => Promise<unknown>) => {
  let asked: Promise<unknown> | undefined
  return () => {
    asked ??= probe()
    return asked
  }

  async function probe(): Promise<unknown> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new AgentRunError('store.unavailable', 'The store did not answer in time.')),
        PATIENCE,
      )
    })
    try {
      await Promise.race([store.probe(), late])
      setTimeout(forget, FRESH).unref()
      return undefined
    } catch (error) {
      forget()
      return error
    } finally {
      clearTimeout(timer)
    }
  }

  function forget(): void {
    asked = undefined
  }
}
