export type { Payload } from './batch.ts'
export { questionLines } from './question.ts'
export type { SessionOptions } from './run.ts'
export { createSession, type Session, type SessionWires } from './session.ts'
