// What the harnesses in other languages answer as `agreement/…`, done by core in this process.
import {
  canonicalize,
  createJournalWriter,
  createSigner,
  erase,
  parseTrust,
  protect,
  readJson,
  sealRun,
  signObject,
  stepLeaf,
  verify,
} from '@agent-run/core'

const bytes = (hex) => new Uint8Array(Buffer.from(hex, 'hex'))

/** Members of a run that lines of their own bring to a journal, and what each of those lines is called: decisions come before steps. */
const BEFORE = { approvals: 'approval', policy_decisions: 'policy_decision' }
const AFTER = { artifacts: 'artifact', evidence: 'evidence' }

const operations = {
  verify({ record_text, trust: file, journal_text, options, ...beside }) {
    const parsed = file === undefined ? undefined : parseTrust(file)
    if (parsed?.ok === false) throw new TypeError(parsed.findings[0].code)
    return verify(record_text, {
      ...beside,
      ...options,
      ...(parsed && { trust: parsed.trust }),
      ...(journal_text !== undefined && { journal: journal_text }),
    })
  },
  'hash/step-leaf': ({ step }) => stepLeaf(step),
  'agreement/canonical'({ input_text, input_hex }) {
    const read = readJson(input_hex === undefined ? new TextEncoder().encode(input_text) : bytes(input_hex))
    if (!read.ok) return { refused: read.finding.code }
    return { canonical_hex: Buffer.from(canonicalize(read.value)).toString('hex') }
  },
  'agreement/protect': ({ run }) => protect(run),
  'agreement/seal': ({ run, seed_hex, at, journal_head: journalHead }) =>
    sealRun(run, { signer: createSigner(bytes(seed_hex)), at, ...(journalHead && { journalHead }) }),
  'agreement/erase'({ record, paths }) {
    const { run, private_hashes } = erase(record, paths ?? (() => true))
    return { record: run, private_hashes }
  },
  'agreement/sign': ({ kind, object, seed_hex }) => signObject(kind, object, createSigner(bytes(seed_hex))),
  async 'agreement/journal'({ run, seed_hex, at, heads_every = Number.POSITIVE_INFINITY }) {
    const signer = createSigner(bytes(seed_hex))
    const writer = createJournalWriter({ signer })
    const { steps, status, ended_at, cost, provenance, ...rest } = run
    const given = Object.fromEntries(Object.entries(rest).filter(([name]) => !(name in BEFORE || name in AFTER)))
    const lines = writer.append('run.started', at, { ...given, provenance: { ...provenance, signed_by: signer.did } })
    const listLines = (lists) =>
      Object.entries(lists).flatMap(([list, type]) =>
        (run[list] ?? []).flatMap((object) => writer.append(type, at, object)),
      )
    lines.push(...listLines(BEFORE))
    for (const [index, step] of steps.entries()) {
      lines.push(...writer.append('step.ended', at, step))
      if ((index + 1) % heads_every === 0) lines.push(...(await writer.signHead(at)))
    }
    lines.push(...listLines(AFTER))
    lines.push(...writer.append('run.updated', at, { status, ended_at, cost }))
    lines.push(...(await writer.signHead(at)))
    const record = await sealRun(run, { signer, at, journalHead: writer.head })
    lines.push(...writer.seal(at, record))
    return { journal_text: `${lines.join('\n')}\n`, record }
  },
}

/** @type {import('./language.mjs').Language} */
export const typescript = {
  name: 'TypeScript',
  // Through text, so that it sees what the others see.
  ask: async (op, input) => JSON.parse(JSON.stringify(await operations[op](JSON.parse(JSON.stringify(input))))),
  stop: async () => undefined,
}
