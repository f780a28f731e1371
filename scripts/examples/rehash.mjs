// Fills in every digest and hash of examples/records/: private_hash, arguments_hash, schema_hash, run_hash and the rest
// are computed from the record and from examples/inputs/, never made up. Run it after editing a record; what a record
// says beside its hashes is written by hand. Seals and signatures are not made here.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  argumentsHash,
  canonicalize,
  digest,
  hash,
  privateHash,
  publicForm,
  runHash,
  sha256,
  stepLeaf,
  toolHash,
} from '@agent-run/core'

const folder = fileURLToPath(new URL('../../examples/', import.meta.url))
const read = (path) => readFileSync(folder + path)
const readJson = (path) => JSON.parse(read(path).toString())

/** Parent and last token of a JSON Pointer into a record; the records have no member name that needs escaping. */
const placeOf = (record, pointer) => {
  const tokens = pointer.split('/').slice(1)
  const last = tokens.pop()
  return { holder: tokens.reduce((value, token) => value[token], record), last }
}

/** Puts the digest of some content where it belongs: a digest member, or a content reference with its size. */
const putContent = (record, pointer, bytes) => {
  const { holder, last } = placeOf(record, pointer)
  if (typeof holder[last] === 'string') holder[last] = digest(bytes)
  else Object.assign(holder[last], { digest: digest(bytes), size: Buffer.byteLength(bytes) })
}

const putTools = ({ inventory, steps, approvals }, { definitions, servers }) => {
  const hashes = new Map(Object.entries(definitions).map(([name, definition]) => [name, toolHash(definition)]))
  for (const tool of inventory.tools) {
    tool.schema_hash = hashes.get(tool.name)
    if (tool.description_digest) tool.description_digest = digest(definitions[tool.name].description)
  }
  for (const server of inventory.mcp_servers) server.tools_hash = hash('tools', servers[server.name])
  for (const step of steps) if (step.tool_hash) step.tool_hash = hashes.get(step.tool_name)
  for (const { grant } of approvals) if (grant) grant.tool_hash = hashes.get(grant.tool_name)
}

const putPrivateHashes = (run) => {
  const put = (kind, objects) => {
    for (const object of objects) if (object.salt) object.private_hash = privateHash(kind, object)
  }
  put(
    'side_effect',
    run.steps.flatMap((step) => step.side_effects ?? []),
  )
  put('step', run.steps)
  put('approval', run.approvals)
  put('policy_decision', run.policy_decisions)
  put('artifact', run.artifacts)
  put('run', [run])
}

const putApprovalHashes = (run, inputs) => {
  const actionHash = (step, args) =>
    hash('action', {
      run_id: run.id,
      nonce: run.provenance.nonce,
      step_id: step.id,
      tool_name: step.tool_name,
      mcp_server: step.mcp_server ?? null,
      tool_hash: step.tool_hash,
      arguments_hash: args === undefined ? step.arguments_hash : argumentsHash(args, step.salt),
    })
  const requests = new Map()
  for (const event of run.approvals) {
    const step = run.steps.find(({ id }) => id === event.step_id)
    event.action_hash = actionHash(step, inputs.proposed_arguments[step.id])
    if (event.modified_action_hash) event.modified_action_hash = actionHash(step)
    if (event.request_hash)
      event.request_hash = hash('approval', publicForm('approval', requests.get(event.approval_id)))
    if (event.event === 'requested') requests.set(event.approval_id, event)
  }
}

const fillFull = (run, inputs) => {
  for (const { at, text } of inputs.contents) for (const pointer of at) putContent(run, pointer, text)
  putTools(run, inputs)
  for (const step of run.steps)
    if (step.arguments_hash) step.arguments_hash = argumentsHash(inputs.arguments[step.id], step.salt ?? null)
  for (const decision of run.policy_decisions)
    if (decision.subject_hash) decision.subject_hash = hash('subject', inputs.evaluated[decision.id])

  const { tools, mcp_servers, skills, providers } = run.inventory
  putContent(run, '/inventory/ref', canonicalize({ tools, mcp_servers, skills, providers }))
  putPrivateHashes(run)
  putApprovalHashes(run, inputs)

  const parentHash = runHash(inputs.parent.run)
  const leaves = run.steps.map(stepLeaf)
  Object.assign(run.provenance, {
    run_hash: runHash(run),
    inventory_hash: hash('inventory', run.inventory),
    parent_run_hash: parentHash,
    lineage: [parentHash],
    steps_count: leaves.length,
    steps_root: merkleRoot(leaves),
  })
  run.provenance.parents[0].handoff_leaf = stepLeaf(inputs.parent.handoff)
  const { eval: evaluation, ...document } = run
  evaluation.document_hash = hash('document', publicForm('run', document))
}

/** Root of the RFC 6962 tree over leaves that are hashed already. */
const merkleRoot = (leaves) => {
  const root = (nodes) => {
    if (nodes.length === 1) return nodes[0]
    const half = 2 ** (Math.ceil(Math.log2(nodes.length)) - 1)
    return sha256(Buffer.concat([Buffer.of(1), root(nodes.slice(0, half)), root(nodes.slice(half))]))
  }
  return `sha256:${Buffer.from(root(leaves.map((leaf) => Buffer.from(leaf.slice(7), 'hex')))).toString('hex')}`
}

const rewrite = (name, fill) => {
  const before = read(`records/${name}`).toString()
  const record = JSON.parse(before)
  fill(record)
  const after = `${JSON.stringify(record, null, 2)}\n`
  if (after !== before) writeFileSync(`${folder}records/${name}`, after)
  console.log(`examples/records/${name}: ${after === before ? 'up to date' : 'written'}`)
}

const putRunHash = (run) => {
  run.provenance.run_hash = runHash(run)
}

rewrite('minimal.json', putRunHash)
rewrite('quick-start-0.1.json', putRunHash)
rewrite('converted.json', (run) => {
  putRunHash(run)
  run.source.digest = digest(read('inputs/converted.jsonl'))
})
rewrite('full.json', (run) => fillFull(run, readJson('inputs/full.json')))
