export { type AskServerOptions, askServer } from './ask-server.ts'
export type {
  ApprovalQuery,
  ArtifactQuery,
  Client,
  LeaderboardQuery,
  PageQuery,
  PostOptions,
  ReadRun,
  RunQuery,
} from './client.ts'
export { createClient } from './create-client.ts'
export type { CallOptions, ClientOptions, RetryOptions, Wait } from './options.ts'
export type { Pages } from './pages.ts'
export type { Cancellation, Fetch } from './platform.ts'
export type { BatchOptions } from './post-runs.ts'
export type { RecordInput } from './record-body.ts'
export { type FailedRequest, RequestError } from './request-error.ts'
export type { Streamed, StreamOptions } from './subscribe.ts'
