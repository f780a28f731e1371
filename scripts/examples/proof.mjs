// Writes examples/records/sealed.json and examples/proof/: one run as a recorder would keep it – journal, signed approval,
// sealed record – with a trust file, a countersignature and an eval. Keys, salts and the nonce are made from the names
// below, so that the files come out the same every time. Nothing else may ever be signed with these keys.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import {
  actionHash,
  argumentsHash,
  createJournalWriter,
  createSigner,
  digest,
  foldJournal,
  protectObject,
  readJournal,
  requestHash,
  runHash,
  sealRun,
  sha256,
  signObject,
  toolHash,
  writeBundle,
} from '@agent-run/core'

const made = (name) => sha256(`agent-run example: ${name}`)
const hex = (name) => Buffer.from(made(name)).toString('hex')
const signerOf = (name) => createSigner(made(`key of ${name}`))
const time = (minutesAndSeconds) => `2026-11-20T15:${minutesAndSeconds}Z`

const keys = {
  recorder: signerOf('recorder'),
  approver: signerOf('approver'),
  timestamp: signerOf('timestamp'),
  judge: signerOf('judge'),
}

const definitions = {
  read_file: { name: 'read_file', description: 'Reads a file.', input_schema: { type: 'object' } },
  publish: { name: 'publish', description: 'Publishes the package.', input_schema: { type: 'object' } },
}

/** A call of a tool as far as it is known before it runs; the salt is chosen before the arguments are hashed. */
const call = (id, tool_name, args, rest) => {
  const salt = hex(`salt of ${id}`)
  const tool_hash = toolHash(definitions[tool_name])
  return { id, type: 'tool_call', tool_name, tool_hash, arguments_hash: argumentsHash(args, salt), ...rest, salt }
}

const protectedCall = (step, members) => protectObject('step', { ...step, ...members })

const started = () => ({
  spec_version: '1.0',
  id: 'run_2300',
  agent_id: 'release-bot',
  agent_version: '2.3.1',
  workspace_id: 'acme',
  session_id: 'sess-41c0',
  turn_id: 'turn-9',
  model: 'claude-sonnet-4-5',
  provider: 'anthropic',
  trigger: 'manual',
  started_at: time('00:00'),
  tools_available: ['read_file', 'publish'],
  inventory: {
    tools: Object.values(definitions).map((tool) => ({
      name: tool.name,
      kind: 'builtin',
      schema_hash: toolHash(tool),
    })),
  },
  policies: [{ id: 'release', version: '4' }],
  provenance: { run_hash: '', nonce: hex('nonce').slice(0, 32), signed_by: keys.recorder.did },
})

const reading = () =>
  protectedCall(
    call(
      's-1',
      'read_file',
      { path: 'package.json' },
      { status: 'succeeded', started_at: time('00:03'), ended_at: time('00:03.2') },
    ),
    {
      model_call_id: 's-0',
      output_preview: '{ "name": "parser", "version": "2.3.1-beta.0" }',
      side_effects: [{ kind: 'read', target_kind: 'file', target: 'package.json', basis: 'observed' }],
      approval: { state: 'not_required', policy_id: 'release' },
    },
  )

const publishing = (rest) => call('s-2', 'publish', { tag: 'beta' }, { model_call_id: 's-0', ...rest })

const modelCall = () => ({
  id: 's-0',
  type: 'model_call',
  status: 'succeeded',
  model: 'claude-sonnet-4-5',
  started_at: time('00:00'),
  ended_at: time('00:02'),
  cost: { input_tokens: 900, output_tokens: 60 },
})

/** The question to a person, and the signed answer to exactly this call. */
const approvals = async (run, step) => {
  const action_hash = actionHash({ ...step, run_id: run.id, nonce: run.provenance.nonce, step_id: step.id })
  const common = { approval_id: 'ap-1', run_id: run.id, step_id: step.id, action_hash }
  const requested = {
    ...common,
    event: 'requested',
    at: time('00:04'),
    expires_at: time('30:00'),
    required_role: 'release_manager',
  }
  const answer = {
    ...common,
    event: 'approved',
    at: time('01:10'),
    required_role: 'release_manager',
    request_hash: requestHash(requested),
    actor: { kind: 'human', id: 'rm@example.org' },
  }
  return [requested, await signObject('approval', answer, keys.approver)]
}

const record = async () => {
  const writer = createJournalWriter({ signer: keys.recorder })
  const lines = []
  const append = (type, at, data) => lines.push(...writer.append(type, at, data))
  const run = started()
  run.provenance.run_hash = runHash(run)
  append('run.started', run.started_at, run)
  append('step.ended', time('00:02'), modelCall())
  append('step.ended', time('00:03.2'), reading())
  const [requested, approved] = await approvals(run, publishing())
  append('step.started', requested.at, protectObject('step', publishing({ status: 'pending', started_at: null })))
  append('approval', requested.at, requested)
  lines.push(...(await writer.signHead(time('00:05'))))
  append('approval', approved.at, approved)
  const step = protectedCall(publishing({ status: 'succeeded', started_at: time('01:11'), ended_at: time('01:15') }), {
    output_preview: '+ parser@2.3.1-beta.0',
    side_effects: [
      { kind: 'deploy', target_kind: 'package', target: 'parser@2.3.1-beta.0', reversible: 'none', basis: 'observed' },
    ],
    approval: { state: 'approved', approval_id: 'ap-1' },
  })
  append('step.ended', step.ended_at, step)
  const end = {
    status: 'completed',
    outcome: 'success',
    ended_at: time('01:16'),
    cost: { input_tokens: 900, output_tokens: 60 },
  }
  append('run.updated', end.ended_at, end)
  lines.push(...(await writer.signHead(time('01:16'))))
  const journal = (extra = []) => [...lines, ...extra].map((line) => `${line}\n`).join('')
  const { run: folded } = foldJournal(readJournal(Buffer.from(journal())))
  const sealed = await sealRun(folded, { signer: keys.recorder, at: time('01:17'), journalHead: writer.head })
  return { sealed, journal: journal(writer.seal(time('01:17'), sealed)) }
}

const trust = () => ({
  agent_run_trust: '1.0',
  keys: [
    {
      key: keys.recorder.did,
      identity: 'release-runner@ci.example.org',
      roles: ['recorder'],
      agents: ['release-*'],
      workspaces: ['acme'],
      valid_from: '2026-01-01T00:00:00Z',
    },
    { key: keys.approver.did, identity: 'rm@example.org', roles: ['approver'], approves: ['release_manager'] },
    { key: keys.timestamp.did, identity: 'timestamp@example.org', roles: ['server'] },
    { key: keys.judge.did, identity: 'judge@example.org', roles: ['evaluator'] },
  ],
})

const afterwards = async (about) => ({
  statements: [
    await signObject('statement', { kind: 'countersignature', about, at: time('02:00'), body: {} }, keys.timestamp),
  ],
  evals: [
    await signObject(
      'eval',
      { pass: true, score: 100, evaluator: 'judge@example.org', record_hash: about, at: time('10:00') },
      keys.judge,
    ),
  ],
})

/** The files by their paths below the root of the repository. */
export const proofExamples = async () => {
  const { sealed, journal } = await record()
  const text = (value) => `${JSON.stringify(value, null, 2)}\n`
  return {
    'examples/records/sealed.json': text(sealed),
    'examples/proof/trust.json': text(trust()),
    'examples/proof/journal.jsonl': journal,
    'examples/proof/bundle.jsonl': writeBundle({
      records: [sealed],
      ...(await afterwards(sealed.provenance.record_hash)),
    }),
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const root = fileURLToPath(new URL('../../', import.meta.url))
  for (const [path, content] of Object.entries(await proofExamples())) {
    let before
    try {
      before = readFileSync(root + path, 'utf8')
    } catch {}
    if (before !== content) writeFileSync(root + path, content)
    console.log(`${path}: ${before === content ? 'up to date' : 'written'} (${digest(content)})`)
  }
}
