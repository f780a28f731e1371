export type { SchemaName } from '../generated/schema-table.ts'
export { nearest } from '../suggest/nearest.ts'
export { agentRunSchema, type StandardResult, type StandardSchema } from './standard-schema.ts'
export { isAgentRun, schemaNames, validate } from './validate.ts'
export type {
  Checked,
  CheckedOf,
  InvalidRecord,
  ValidateOptions,
  Validation,
  ValidationReport,
  ValidRecord,
} from './validation.ts'
