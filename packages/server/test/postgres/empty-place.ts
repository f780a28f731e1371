import { createDatabase } from './database.mjs'

/**
 * Where tests of the app keep their runs: in memory, or with AGENT_RUN_TEST_STORE=postgres in a database of their own,
 * which goes away with its server.
 */
export const emptyPlace = async (): Promise<string> =>
  process.env['AGENT_RUN_TEST_STORE'] === 'postgres' ? (await createDatabase()).url : 'sqlite::memory:'
