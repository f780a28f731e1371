// D3: storing typical runs in PostgreSQL in batches, beside the obvious way, a jsonb column. Everything commits durably,
// in the same server, each batch in one transaction. First the record alone, as canonical octets and as jsonb; then the
// whole of what the store does, with the facts that answer an operator's questions, beside jsonb with an index that can.
import { deepStrictEqual, strictEqual } from 'node:assert/strict'
import { canonicalize, createVerifier } from '@agent-run/core'
import { prepareRun } from '../../packages/server/dist/receive/prepare-run.js'
import { openStore } from '../../packages/server/dist/store/open-store.js'
import { byteaArray, textArray } from '../../packages/server/dist/store/postgres/arrays.js'
import { createCluster } from '../../packages/server/test/postgres/cluster.mjs'
import { openClient } from '../../packages/server/test/postgres/database.mjs'
import { tool } from '../../scripts/test/tools.mjs'
import { corpus, random } from './corpus.mjs'
import { median, summarise } from './interleave.mjs'

/** A quarter of the time: four times as many. */
const bar = 0.25
const BATCH = 100

const clock = () => '2026-11-21T12:00:00.000Z'
const context = { clock, verifier: createVerifier({ level: 'none', now: clock }), serverKey: undefined }

/** A batch of runs that nobody has stored: as prepared for the store, and as JSON text. */
const nextBatch = async (seed) => {
  const records = Array.from({ length: BATCH }, (_, n) => corpus.typical(seed * BATCH + n + 1))
  const prepared = []
  for (const record of records) prepared.push(await prepareRun(record, context))
  return { prepared, texts: records.map((record) => canonicalize(record)), ids: records.map(({ id }) => id) }
}

/** Ways to store a batch. Each leaves what it stored. */
const waysOf = (store, client) => ({
  ours: async ({ prepared }) => {
    const results = await store.insertRuns('bench', prepared)
    strictEqual(results.filter(({ outcome }) => outcome === 'created').length, BATCH)
  },
  octets: ({ ids, prepared }) =>
    client.query({
      name: 'octets',
      text: "INSERT INTO octets (tenant, id, record) SELECT 'bench', id, record FROM unnest($1::text[], $2::bytea[]) AS n (id, record)",
      values: [textArray(ids), byteaArray(prepared.map(({ body }) => body))],
    }),
  jsonb: ({ ids, texts }) => insertJsonb(client, 'plain', ids, texts),
  indexed: ({ ids, texts }) => insertJsonb(client, 'indexed', ids, texts),
})

const places = Array.from({ length: BATCH }, (_, n) => `('bench', $${2 * n + 1}, $${2 * n + 2})`).join(', ')
const insertJsonb = (client, table, ids, texts) =>
  client.query({
    name: table,
    text: `INSERT INTO ${table} (tenant, id, record) VALUES ${places}`,
    values: ids.flatMap((id, n) => [id, texts[n]]),
  })

const tableOf = ([name, type]) =>
  `CREATE TABLE ${name} (tenant text, id text, record ${type} NOT NULL, PRIMARY KEY (tenant, id));`
const TABLES = Object.entries({ octets: 'bytea COMPRESSION lz4', plain: 'jsonb', indexed: 'jsonb' })
  .map(tableOf)
  .join('')

/** @returns the rows of D3, or none where there is no PostgreSQL */
export async function run({ rounds = 15, log = () => {} } = {}) {
  if (tool('initdb') === undefined) {
    log('D3: no PostgreSQL was found; not measured')
    return []
  }
  log('D3: PostgreSQL, batches')
  const next = random(31)
  const cluster = await createCluster({ durable: true, settings: { shared_buffers: '256MB', max_wal_size: '4GB' } })
  const store = await openStore(cluster.url())
  const client = await openClient(cluster.url())
  try {
    await client.query(`${TABLES} CREATE INDEX ON indexed USING gin (record jsonb_path_ops)`)
    const ways = waysOf(store, client)
    const times = []
    for (let round = 0; round <= Math.max(rounds, 9); round++) {
      const batch = await nextBatch(round)
      const time = {}
      for (const name of Object.keys(ways).sort(() => next() - 0.5)) {
        const start = performance.now()
        await ways[name](batch)
        time[name] = performance.now() - start
      }
      // The first one opens connections and prepares statements.
      if (round > 0) times.push(time)
      await compare(store, client, batch)
    }
    const rate = (name) => Math.round((BATCH * 1000) / median(times.map((time) => time[name])))
    log(
      `D3: runs a second: ${Object.keys(ways)
        .map((name) => `${name} ${rate(name)}`)
        .join(', ')}`,
    )
    const record = summarise(times, ({ octets, jsonb }) => octets / jsonb)
    const whole = summarise(times, ({ ours, indexed }) => ours / indexed)
    return [
      {
        id: 'D3',
        name: 'PostgreSQL, 100 records as octets, over jsonb',
        ratio: record.middle,
        spread: record.spread,
        bar,
      },
      {
        id: '',
        name: '100 runs with their facts, over jsonb with a GIN index',
        ratio: whole.middle,
        spread: whole.spread,
        peers: [{ name: 'over jsonb without any', ratio: median(times.map(({ ours, jsonb }) => ours / jsonb)) }],
      },
    ]
  } finally {
    await client.end()
    await store.close()
    await cluster.destroy()
  }
}

/** Both have the same records. */
const compare = async (store, client, { ids, texts }) => {
  const run = await store.readRun('bench', ids[7])
  strictEqual(Buffer.from(run.body).toString(), texts[7])
  const { rows } = await client.query('SELECT record FROM plain WHERE id = $1', [ids[7]])
  deepStrictEqual(rows[0].record, JSON.parse(texts[7]))
}
