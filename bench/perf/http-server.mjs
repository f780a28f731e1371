// The server of H1, a process of its own: node http-server.mjs FOLDER MODE. Prints {port, key} once it listens.
// grouped: as it is. single: one transaction a request. storeless: everything but the store.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { createApp, createKeyText, hashOfKey, openStore, prefixOf } from '@agent-run/server'

const [folder, mode] = process.argv.slice(2)
const store = await openStore(`sqlite:${join(folder, `${mode}.db`)}`)
const key = createKeyText(randomBytes)
await store.keys.create({
  prefix: prefixOf(key),
  hash: hashOfKey(key),
  tenant: 'bench',
  name: 'bench',
  scopes: ['runs:write', 'runs:read'],
  createdAt: new Date().toISOString(),
  expiresAt: undefined,
})

const instead = {
  grouped: {},
  single: { insertRuns: oneByOne((...call) => store.insertRuns(...call)) },
  storeless: {
    insertRuns: async (_tenant, runs) =>
      runs.map(({ id, etag, documentHash, contentDigest, recordHash, summary }) => ({
        outcome: 'created',
        run: {
          id,
          etag,
          documentHash,
          contentDigest,
          recordHash,
          runHash: summary.run_hash,
          receivedAt: summary.received_at,
        },
      })),
  },
}[mode]

const app = await createApp({
  store: new Proxy(store, { get: (target, name) => instead[name] ?? Reflect.get(target, name) }),
})
await app.listen({ host: '127.0.0.1', port: 0 })
process.stdout.write(`${JSON.stringify({ port: app.server.address().port, key })}\n`)

/** Each call begins when the one before it is on the disk. */
function oneByOne(insert) {
  let last = Promise.resolve()
  return (...call) => {
    const result = last.then(() => insert(...call))
    last = result.catch(() => {})
    return result
  }
}
