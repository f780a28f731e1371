export { canonicalize } from './canonical/index.ts'
export type { Finding, Position, Severity } from './finding.ts'
export {
  argumentsHash,
  createDigest,
  type DigestStream,
  digest,
  type HashKind,
  hash,
  type PrivateKind,
  pae,
  privateHash,
  privateMembers,
  publicForm,
  type RunInputs,
  runHash,
  sha256,
  stepLeaf,
  type ToolDefinition,
  textArgumentsHash,
  toolHash,
} from './hash/index.ts'
export {
  type JsonValue,
  type Location,
  locate,
  positionAt,
  type ReadOptions,
  type ReadResult,
  readJson,
  type Span,
} from './read/index.ts'
export { checkSemantics, type RuleInfo, rules } from './semantics/index.ts'
export {
  agentRun,
  isAgentRun,
  type SchemaName,
  type StandardResult,
  type StandardSchema,
  schemaNames,
  type ValidateOptions,
  type Validation,
  validate,
} from './validate/index.ts'
