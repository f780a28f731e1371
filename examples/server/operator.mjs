// Records runs on a server and asks about them: the same program, whatever the server keeps them in.
//   AGENT_RUN_SERVER_URL=http://127.0.0.1:3000 AGENT_RUN_KEY=ark_… node examples/server/operator.mjs
import { pathToFileURL } from 'node:url'
import { createSigner, generateSeed, runHash } from '@agent-run/core'
import { createClient, createRecorder, RequestError } from '@agent-run/sdk'

const cost = { input_tokens: 1200, output_tokens: 300, cost_usd: 0.01 }
const turn_id = 'turn-8'

/** A finished run of one minute. */
const finished = (id, minute, members, steps) => {
  const run = { agent_id: 'release-bot', task_id: 'release', turn_id, model: 'made-up-1', ...members }
  const at = (second) => `2026-11-20T14:${minute}:${second}Z`
  return {
    spec_version: '1.0',
    id,
    ...run,
    status: 'completed',
    outcome: 'success',
    started_at: at('00'),
    ended_at: at('59'),
    steps: steps.map((step, index) => ({
      id: `s-${index + 1}`,
      type: 'tool_call',
      status: 'succeeded',
      started_at: at(`0${index + 1}`),
      ...step,
    })),
    cost,
    provenance: { run_hash: runHash(run) },
  }
}
const wrote = (target) => ({
  tool_name: 'write_file',
  side_effects: [{ kind: 'write', target_kind: 'file', target, basis: 'observed' }],
})

/** Three runs of one turn: one that went well, one that was denied a call, and a child of it. */
const runs = [
  finished('good', '01', { artifacts: [{ id: 'a-1', name: 'dist/pkg.tgz', action: 'created' }] }, [
    wrote('CHANGELOG.md'),
  ]),
  finished('denied', '03', { tools_available: ['write_file', 'Bash'] }, [
    wrote('src/index.ts'),
    { tool_name: 'Bash', status: 'denied', approval: { state: 'denied' } },
  ]),
  finished(
    'child',
    '04',
    { agent_id: 'reviewer', parent_run_id: 'denied', artifacts: [{ id: 'a-1', name: 'review.md' }] },
    [{ tool_name: 'search', mcp_server: 'github' }],
  ),
]

/** All items of a list. */
const all = async (list) => {
  const items = []
  for await (const item of list) items.push(item)
  return items
}

/** Does everything with a client, and says what came of it. */
export async function work(client, say = console.log, directory = '.agent-run') {
  const { capabilities } = await client.info()
  say(`The server has ${[...capabilities].sort().join(', ')}`)

  const results = await all(client.postRuns(runs))
  say(`Sent: ${results.map(({ receipt }) => receipt?.id).join(', ')}`)
  const again = await client.postRun(runs[0])
  say(`Sent again, it is the same one: ${again.received_at === results[0].receipt.received_at}`)
  const other = await client.postRun({ ...runs[0], model: 'made-up-2' }).catch((error) => error)
  say(`Another record of that id: ${other instanceof RequestError ? other.code : 'was taken'}`)

  const ids = async (query) => (await all(client.listRuns(query))).map(({ id }) => id).join(', ')
  say(`Wrote files: ${await ids({ side_effect: 'write' })}`)
  say(`Denied: ${await ids({ approval: 'denied' })}`)
  say(`Used the MCP server github: ${await ids({ mcp_server: 'github' })}`)
  const artifacts = await all(client.artifacts({ turn_id }))
  const names = artifacts.map(({ run_id, artifact }) => `${artifact.name} (${run_id})`)
  say(`Artifacts of the turn: ${names.sort().join(', ')}`)
  const { against, criterion } = await client.diff('denied', 'last_good')
  say(`The last good run before "denied": ${against} (same ${criterion})`)

  await client.putEval('good', { pass: true, score: 92, benchmark_id: 'release/notes' })
  await client.putEval('denied', { pass: false, score: 40, benchmark_id: 'release/notes' })
  const { groups } = await client.leaderboard({ benchmark_id: 'release/notes' })
  say(`Leaderboard: ${groups.map(({ group, passed, runs }) => `${group} ${passed} of ${runs}`).join(', ')}`)

  const listening = new AbortController()
  const heard = new Set()
  const listen = async (onOpen) => {
    for await (const { run_id, type } of client.stream({ signal: listening.signal, onOpen })) {
      if (run_id === 'live') heard.add(type)
      if (type === 'run.completed') listening.abort()
    }
  }
  let over
  await new Promise((open) => {
    over = listen(open)
  })
  const run = createRecorder(
    { agent_id: 'release-bot', id: 'live', task_id: 'release' },
    { directory, server: client, live: true, signer: createSigner(generateSeed()) },
  )
  await run.toolCall({ tool_name: 'Bash', arguments: { command: 'npm test' } }, () => '214 passed')
  const record = await run.end({ outcome: 'success' })
  const { digest } = await run.flush()
  const { etag } = await client.readRun('live')
  say(`Recorded live and sealed; acknowledged by digest: ${digest !== undefined && digest === etag}`)
  await over
  say(`Heard of it: ${[...heard][0]} … ${[...heard].at(-1)}`)
  const { level } = await client.verify('live')
  const { index } = await client.proof('live', record.steps[0].id)
  say(`The server's verdict: ${level}; the seal holds step ${index + 1} of ${record.steps.length}`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { AGENT_RUN_SERVER_URL: url = 'http://127.0.0.1:3000', AGENT_RUN_KEY: key = '' } = process.env
  await work(createClient({ url, key }))
}
