// The harness of our own verifier, @agent-run/core, and an example of one in JavaScript: conformance/harness.md.
import { readFileSync } from 'node:fs'
import { register } from 'node:module'
import { createInterface } from 'node:readline'

if (process.argv.includes('--portable')) register('./portable.mjs', import.meta.url)

const core = await import('@agent-run/core')
// What core uses inside and does not export. A harness may look into the code under test.
const part = (path) => import(new URL(`../../../packages/core/dist/${path}/index.js`, import.meta.url))
const [tree, sign, seal, trust] = await Promise.all(['tree', 'sign', 'seal', 'trust'].map(part))

const bytes = (hex) => new Uint8Array(Buffer.from(hex, 'hex'))
const hex = (octets) => (octets === undefined ? null : Buffer.from(octets).toString('hex'))
const value = (text) => {
  const read = core.readJson(text)
  if (!read.ok) throw new TypeError(read.finding.code)
  return read.value
}

const operations = {
  read({ input_text, input_hex }) {
    const read = core.readJson(input_hex === undefined ? new TextEncoder().encode(input_text) : bytes(input_hex))
    return read.ok ? 'accept' : read.finding.code
  },
  semantics: ({ record }) => core.checkSemantics(record).map(({ code, path }) => ({ code, path })),
  verify({ record, record_text, trust: trustFile, journal_text, options, ...beside }) {
    const parsed = trustFile === undefined ? undefined : core.parseTrust(trustFile)
    if (parsed?.ok === false) throw new TypeError(parsed.findings[0].code)
    return core.verify(record_text ?? JSON.stringify(record), {
      ...beside,
      ...options,
      ...(parsed && { trust: parsed.trust }),
      ...(journal_text !== undefined && { journal: journal_text }),
    })
  },

  'canonical/values': ({ input_text }) => core.canonicalize(value(input_text)),
  'canonical/numbers': ({ ieee754_hex }) => core.canonicalize(Buffer.from(ieee754_hex, 'hex').readDoubleBE()),

  'hash/digest': ({ input_hex }) => core.digest(bytes(input_hex)),
  'hash/pae': ({ type, body_hex }) => hex(core.pae(type, bytes(body_hex))),
  'hash/hash': ({ kind, input_text }) => core.hash(kind, value(input_text)),
  'hash/tool-hash': ({ tool }) => core.toolHash(tool),
  'hash/run-hash': ({ run }) => core.runHash(run),
  'hash/step-leaf': ({ step }) => core.stepLeaf(step),
  'hash/public-form': ({ kind, object }) => core.publicForm(kind, object),
  'hash/private-hash': ({ kind, object }) => core.privateHash(kind, object),

  'tree/root': ({ leaves_hex }) => hex(tree.treeRoot(leaves_hex.map((leaf) => tree.hashLeaf(bytes(leaf))))),
  'tree/inclusion': ({ leaf_hash_hex, index, count, path_hex, root_hex }) =>
    tree.verifyInclusion(bytes(leaf_hash_hex), index, count, path_hex.map(bytes), bytes(root_hex)),
  'tree/consistency': ({ first_count, second_count, path_hex, first_root_hex, second_root_hex }) =>
    tree.verifyConsistency(
      first_count,
      second_count,
      path_hex.map(bytes),
      bytes(first_root_hex),
      bytes(second_root_hex),
    ),

  'sign/verify': ({ key_hex, message_hex, signature_hex }) =>
    core.verifyEd25519(bytes(key_hex), bytes(message_hex), bytes(signature_hex)),
  'sign/did-key': ({ did }) => hex(core.publicKeyOf(did)),
  'sign/signature-text': ({ text }) => hex(sign.decodeSignature(text)),
  'sign/object': ({ kind, object }) => core.checkSignature(kind, object) === 'pass',
  async 'sign/sign'({ seed_hex, message_hex }) {
    const signer = core.createSigner(bytes(seed_hex))
    const signature_hex = hex(await signer.sign(bytes(message_hex)))
    return { public_key_hex: hex(core.publicKeyOf(signer.did)), did: signer.did, signature_hex }
  },

  'seal/record-hash': ({ run }) => ({
    record_hash: core.recordHash(run),
    document_hash: core.documentHash(run),
    sealed: core.isSealed(run),
  }),
  'seal/sealed': ({ run }) => core.isSealed(run),
  'seal/steps-root': ({ steps }) => core.stepsRoot(steps),
  'seal/private-state': ({ kind, object }) => seal.privateState(kind, object) ?? null,
  'seal/batch': ({ proof, statement, signed_by }) =>
    core.verifyBatchProof(proof, statement, { record_hash: proof.record_hash, signed_by }).ok,
  'seal/step-proof': ({ proof }) => core.verifyStepProof(proof).ok,
  'seal/action-hash': ({ run_id, nonce, step: { id: step_id, tool_name, mcp_server, tool_hash, arguments_hash } }) =>
    core.actionHash({ run_id, nonce, step_id, tool_name, mcp_server, tool_hash, arguments_hash }),
  'seal/request-hash': ({ event }) => core.requestHash(event),
  async 'seal/seal'({ run, at, seed_hex, journal_head: journalHead }) {
    const signer = core.createSigner(bytes(seed_hex))
    return (await core.sealRun(run, { signer, at, ...(journalHead && { journalHead }) })).provenance
  },
  'seal/dsse': ({ kind, object }) => core.toDsse(kind, object),

  'journal/fold': ({ journal_text, live }) => core.foldJournal(core.readJournal(journal_text), { live }).run,
  'journal/check'({ journal_text }) {
    const journal = core.readJournal(journal_text)
    const { result, code, path, checkpoint } = core.checkJournal(journal)
    return { result, code, path, checkpoint, torn: journal.torn > 0 }
  },

  'trust/file'({ trust_text }) {
    const parsed = core.parseTrust(trust_text)
    if (parsed.ok) return null
    const { code, path } = parsed.findings.find(({ severity }) => severity === 'error')
    return { code, path }
  },
  'trust/pattern': ({ pattern, text }) => trust.fits(pattern, text),

  describe: () => ({
    harness: 1,
    name: '@agent-run/core',
    version: JSON.parse(readFileSync(new URL('../../../packages/core/package.json', import.meta.url), 'utf8')).version,
    level: 'accountable',
    ops: Object.keys(operations).filter((op) => op !== 'describe'),
  }),
}

const answer = async ({ id, op, input }) => {
  if (!Object.hasOwn(operations, op)) return { id, unsupported: true }
  try {
    return { id, result: await operations[op](input) }
  } catch (error) {
    console.error(`request ${id}: ${error.stack}`)
    return { id, error: 'the verifier broke down' }
  }
}

for await (const line of createInterface({ input: process.stdin }))
  process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line)))}\n`)
