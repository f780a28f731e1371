export { environmentVariable } from './environment.ts'
export { createJournalFeed, type FeedState } from './journal-feed.ts'
export {
  createSpool,
  type Delivered,
  type Held,
  type Kept,
  type Settled,
  type Spool,
  type SpoolOptions,
} from './spool.ts'
