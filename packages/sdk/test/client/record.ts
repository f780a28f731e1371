import { canonicalize, digest, documentHash, runHash } from '@agent-run/core'
import type { AgentRun, RunReceipt } from '@agent-run/types'

/** A small record. */
export const record = (id = 'r-1', more: Partial<AgentRun> = {}): AgentRun => ({
  spec_version: '1.0',
  id,
  agent_id: 'release-bot',
  status: 'completed',
  started_at: '2026-11-20T14:02:11Z',
  ended_at: '2026-11-20T14:09:03Z',
  steps: [],
  cost: { input_tokens: 1, output_tokens: 1 },
  provenance: { run_hash: runHash({ agent_id: 'release-bot' }) },
  ...more,
})

/** What a server that works acknowledges. */
export const receiptOf = (run: AgentRun): RunReceipt => ({
  id: run.id,
  run_hash: run.provenance.run_hash ?? '',
  document_hash: documentHash(run),
  etag: digest(canonicalize(run)),
  received_at: '2026-11-20T14:10:00.000Z',
})
