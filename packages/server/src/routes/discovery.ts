import type { ServerInfo } from '@agent-run/types'
import { sendJson } from '../app/answer.ts'
import type { RouteModule } from '../app/context.ts'
import { PROTOCOL } from '../app/protocol.ts'
import { version } from '../app/version.ts'

/** Parts of the protocol that this server has: declared, and so tested. */
const capabilities = ['core', 'batch', 'journal', 'approvals', 'verify', 'proofs', 'query', 'erasure']

/** What the server speaks, has and takes (AR-HTTP-002). */
export const discoveryRoutes: RouteModule = (app, { limits, serverKey }) => {
  const { body_octets, batch_octets, batch_lines, line_octets, page } = limits
  const info: ServerInfo = {
    protocol: [PROTOCOL],
    capabilities,
    limits: { body_octets, batch_octets, batch_lines, line_octets, page },
    server: { name: 'agent-run-server', version },
    ...(serverKey === undefined ? {} : { server_key: serverKey.did }),
  }
  app.get('/.well-known/agent-run', { config: { scope: 'none' } }, async (_request, reply) => sendJson(reply, info))
}
