export type { SchemaName } from '../generated/schema-table.ts'
export { agentRun, type StandardResult, type StandardSchema } from './standard-schema.ts'
export { isAgentRun, schemaNames, validate } from './validate.ts'
export type { ValidateOptions, Validation } from './validation.ts'
