// What tests get as "fast-check": the same, but that it draws the same each time, so that none fails by chance. Long tests draw
// anew, and AGENT_RUN_SEED names another seed; a failure prints the one that it was found with.
import * as fastCheck from '../../node_modules/fast-check/lib/fast-check.js'

const { AGENT_RUN_LONG, AGENT_RUN_SEED } = process.env
if (AGENT_RUN_SEED !== undefined || !AGENT_RUN_LONG)
  fastCheck.configureGlobal({ seed: Number(AGENT_RUN_SEED ?? 20261122) })

export default fastCheck
