/** What a verifier can claim, lowest first; each level contains the ones before. */
export const verifierLevels = ['recorded', 'sealed', 'accountable'] as const

/** A level of the role verifier, the name of a capability in the profile as well. */
export type VerifierLevel = (typeof verifierLevels)[number]

/** Capabilities beside the levels: who also makes seals; who also compares two states of a growing tree. */
export const optionalCapabilities = ['sealing', 'log'] as const

/** What an operation or a case needs: a level, or a capability beside them. */
export type VerifierCapability = VerifierLevel | (typeof optionalCapabilities)[number]

/** An operation of the harness protocol (`conformance/harness.md`). */
export interface Operation {
  /** Lowest level at which a harness has to have it, or what it is for where no level asks for it. */
  readonly capability: VerifierCapability
  /** Members of its vectors that are input; those a vector does not have are left out. */
  readonly input: readonly string[]
}

const operation = (capability: VerifierCapability, ...input: readonly string[]): Operation => ({
  capability,
  input,
})

/** All operations by name: the path of the vector file, but `read` for all of its folder, `semantics` and `verify`. */
export const operations: ReadonlyMap<string, Operation> = new Map([
  ['read', operation('recorded', 'input_text', 'input_hex')],
  ['semantics', operation('recorded', 'record')],
  ['verify', operation('recorded')],
  ['canonical/values', operation('sealed', 'input_text')],
  ['canonical/numbers', operation('sealed', 'ieee754_hex')],
  ['hash/digest', operation('sealed', 'input_hex')],
  ['hash/pae', operation('sealed', 'type', 'body_hex')],
  ['hash/hash', operation('sealed', 'kind', 'input_text')],
  ['hash/tool-hash', operation('sealed', 'tool')],
  ['hash/run-hash', operation('sealed', 'run')],
  ['hash/step-leaf', operation('sealed', 'step')],
  ['hash/public-form', operation('sealed', 'kind', 'object')],
  ['hash/private-hash', operation('sealed', 'kind', 'object')],
  ['tree/root', operation('sealed', 'leaves_hex')],
  ['tree/inclusion', operation('sealed', 'leaf_hash_hex', 'index', 'count', 'path_hex', 'root_hex')],
  [
    'tree/consistency',
    operation('log', 'first_count', 'second_count', 'first_root_hex', 'second_root_hex', 'path_hex'),
  ],
  ['sign/verify', operation('sealed', 'key_hex', 'message_hex', 'signature_hex')],
  ['sign/did-key', operation('sealed', 'did')],
  ['sign/signature-text', operation('sealed', 'text')],
  ['sign/object', operation('sealed', 'kind', 'object')],
  ['seal/record-hash', operation('sealed', 'run')],
  ['seal/sealed', operation('sealed', 'run')],
  ['seal/steps-root', operation('sealed', 'steps')],
  ['seal/private-state', operation('sealed', 'kind', 'object')],
  ['seal/batch', operation('sealed', 'proof', 'statement', 'signed_by')],
  ['seal/step-proof', operation('sealed', 'proof')],
  ['seal/action-hash', operation('accountable', 'run_id', 'nonce', 'step')],
  ['seal/request-hash', operation('accountable', 'event')],
  ['journal/fold', operation('accountable', 'journal_text', 'live')],
  ['journal/check', operation('accountable', 'journal_text')],
  ['trust/file', operation('accountable', 'trust_text')],
  ['trust/pattern', operation('accountable', 'pattern', 'text')],
  ['sign/sign', operation('sealing', 'seed_hex', 'message_hex')],
  ['seal/seal', operation('sealing', 'run', 'at', 'seed_hex', 'journal_head')],
  ['seal/dsse', operation('sealing', 'kind', 'object')],
])

/** The higher of two levels. */
export const higherLevel = (one: VerifierLevel, other: VerifierLevel): VerifierLevel =>
  verifierLevels.indexOf(one) < verifierLevels.indexOf(other) ? other : one

/** Whether a text names a level. */
export const isLevel = (text: unknown): text is VerifierLevel => verifierLevels.some((level) => level === text)

/** Whether a verifier of a level is asked what needs a capability. What no level asks for is asked of all. */
export const isAsked = (level: VerifierLevel, capability: VerifierCapability): boolean =>
  !isLevel(capability) || verifierLevels.indexOf(capability) <= verifierLevels.indexOf(level)
