// Generated from schemas/ by "npm run gen". Do not edit.
import { isOpenValue, isTime } from '../validate/patterns.ts'
import type { SchemaName } from './schema-table.ts'

/** What the functions come across on the way. */
export interface Seen {
  /** Set to true by a member that the schema of its object does not name, unless all of its members are free. */
  unknown: boolean
}

type Members = Readonly<Record<string, unknown>>

const isObject = (v: unknown): v is Members => typeof v === 'object' && v !== null && !Array.isArray(v)

const pattern0 = /^1\.(0|[1-9][0-9]*)$/u
const pattern1 = /^[0-9a-f]{64}$/u
const pattern2 = /^sha256:[0-9a-f]{64}$/u
const pattern3 = /^did:key:z6Mk[1-9A-HJ-NP-Za-km-z]{44}$/u
const pattern4 = /^[A-Za-z0-9+\/]{85}[AQgw]==$/u
const pattern5 = /^[0-9a-f]{32,128}$/u
const pattern6 = /^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?(:[a-z0-9][a-z0-9_.-]*)?$/u
const pattern7 = /^[0-9a-f]{32}$/u
const pattern8 = /^[0-9a-f]{16}$/u

function isList0(list: unknown, seen: Seen): boolean {
  if (!Array.isArray(list)) return false
  for (let i = 0; i < list.length; i++) {
    const v: unknown = list[i]
    if (!(isStep(v, seen))) return false
  }
  return true
}

function isList1(list: unknown, seen: Seen): boolean {
  if (!Array.isArray(list)) return false
  for (let i = 0; i < list.length; i++) {
    const v: unknown = list[i]
    if (!(isRelatedRun(v, seen))) return false
  }
  return true
}

function isList2(list: unknown, seen: Seen): boolean {
  if (!Array.isArray(list)) return false
  for (let i = 0; i < list.length; i++) {
    const v: unknown = list[i]
    if (!(typeof v === 'string')) return false
  }
  return true
}

function isList3(list: unknown, seen: Seen): boolean {
  if (!Array.isArray(list)) return false
  for (let i = 0; i < list.length; i++) {
    const v: unknown = list[i]
    if (!(isContentRef(v, seen))) return false
  }
  return true
}

function isList4(list: unknown, seen: Seen): boolean {
  if (!Array.isArray(list)) return false
  for (let i = 0; i < list.length; i++) {
    const v: unknown = list[i]
    if (!(isPolicyRef(v, seen))) return false
  }
  return true
}

function isList5(list: unknown, seen: Seen): boolean {
  if (!Array.isArray(list)) return false
  for (let i = 0; i < list.length; i++) {
    const v: unknown = list[i]
    if (!(isApprovalEvent(v, seen))) return false
  }
  return true
}

function isList6(list: unknown, seen: Seen): boolean {
  if (!Array.isArray(list)) return false
  for (let i = 0; i < list.length; i++) {
    const v: unknown = list[i]
    if (!(isPolicyDecision(v, seen))) return false
  }
  return true
}

function isList7(list: unknown, seen: Seen): boolean {
  if (!Array.isArray(list)) return false
  for (let i = 0; i < list.length; i++) {
    const v: unknown = list[i]
    if (!(isArtifact(v, seen))) return false
  }
  return true
}

function isList8(list: unknown, seen: Seen): boolean {
  if (!Array.isArray(list)) return false
  for (let i = 0; i < list.length; i++) {
    const v: unknown = list[i]
    if (!(isCheckpoint(v, seen))) return false
  }
  return true
}

function isList9(list: unknown, seen: Seen): boolean {
  if (!Array.isArray(list)) return false
  for (let i = 0; i < list.length; i++) {
    const v: unknown = list[i]
    if (!(isEvidence(v, seen))) return false
  }
  return true
}

function isList10(list: unknown, seen: Seen): boolean {
  if (!Array.isArray(list)) return false
  for (let i = 0; i < list.length; i++) {
    const v: unknown = list[i]
    if (!((typeof v === 'string' && pattern2.test(v)))) return false
  }
  return true
}

function isList11(list: unknown, seen: Seen): boolean {
  if (!Array.isArray(list)) return false
  for (let i = 0; i < list.length; i++) {
    const v: unknown = list[i]
    if (!(isFinding(v, seen))) return false
  }
  return true
}

function isList12(list: unknown, seen: Seen): boolean {
  if (!Array.isArray(list)) return false
  for (let i = 0; i < list.length; i++) {
    const v: unknown = list[i]
    if (!(isCost(v, seen))) return false
  }
  return true
}

function isList13(list: unknown, seen: Seen): boolean {
  if (!Array.isArray(list)) return false
  for (let i = 0; i < list.length; i++) {
    const v: unknown = list[i]
    if (!(isCriterion(v, seen))) return false
  }
  return true
}

function isObject14(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'cost_usd':
      case 'duration_ms':
        if (!((Number.isFinite(v) && (v as number) >= 0) || v === null)) return false
        break
      case 'tool_calls':
      case 'retries':
        if (!((Number.isInteger(v) && (v as number) >= 0) || v === null)) return false
        break
      case 'convergence':
        if (!((Number.isFinite(v) && (v as number) >= 0 && (v as number) <= 1) || v === null)) return false
        break
    }
  }
  return true
}

function isList15(list: unknown, seen: Seen): boolean {
  if (!Array.isArray(list)) return false
  for (let i = 0; i < list.length; i++) {
    const v: unknown = list[i]
    if (!((typeof v === 'string' && v.length > 0))) return false
  }
  return true
}

function isList16(list: unknown, seen: Seen): boolean {
  if (!Array.isArray(list)) return false
  for (let i = 0; i < list.length; i++) {
    const v: unknown = list[i]
    if (!(isTool(v, seen))) return false
  }
  return true
}

function isList17(list: unknown, seen: Seen): boolean {
  if (!Array.isArray(list)) return false
  for (let i = 0; i < list.length; i++) {
    const v: unknown = list[i]
    if (!(isMcpServer(v, seen))) return false
  }
  return true
}

function isList18(list: unknown, seen: Seen): boolean {
  if (!Array.isArray(list)) return false
  for (let i = 0; i < list.length; i++) {
    const v: unknown = list[i]
    if (!(isSkill(v, seen))) return false
  }
  return true
}

function isList19(list: unknown, seen: Seen): boolean {
  if (!Array.isArray(list)) return false
  for (let i = 0; i < list.length; i++) {
    const v: unknown = list[i]
    if (!(isModelProvider(v, seen))) return false
  }
  return true
}

function isList20(list: unknown, seen: Seen): boolean {
  if (!Array.isArray(list)) return false
  for (let i = 0; i < list.length; i++) {
    const v: unknown = list[i]
    if (!(isParentRef(v, seen))) return false
  }
  return true
}

function isList21(list: unknown, seen: Seen): boolean {
  if (!Array.isArray(list)) return false
  for (let i = 0; i < list.length; i++) {
    const v: unknown = list[i]
    if (!(isSideEffect(v, seen))) return false
  }
  return true
}

function isList22(list: unknown, seen: Seen): boolean {
  if (!Array.isArray(list)) return false
  for (let i = 0; i < list.length; i++) {
    const v: unknown = list[i]
    if (!(isTrustedKey(v, seen))) return false
  }
  return true
}

function isList23(list: unknown, seen: Seen): boolean {
  if (!Array.isArray(list) || list.length < 1) return false
  for (let i = 0; i < list.length; i++) {
    const v: unknown = list[i]
    if (!(v === 'runtime' || v === 'recorder' || v === 'approver' || v === 'evaluator' || v === 'server' || v === 'auditor' || v === 'witness')) return false
  }
  return true
}

function isList24(list: unknown, seen: Seen): boolean {
  if (!Array.isArray(list)) return false
  for (let i = 0; i < list.length; i++) {
    const v: unknown = list[i]
    if (!(isCheck(v, seen))) return false
  }
  return true
}

function isList25(list: unknown, seen: Seen): boolean {
  if (!Array.isArray(list)) return false
  for (let i = 0; i < list.length; i++) {
    const v: unknown = list[i]
    if (!(isShortfall(v, seen))) return false
  }
  return true
}

function isList26(list: unknown, seen: Seen): boolean {
  if (!Array.isArray(list)) return false
  for (let i = 0; i < list.length; i++) {
    const v: unknown = list[i]
    if (!(isLineageEdge(v, seen))) return false
  }
  return true
}

function isAgentRun(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  let required = 0
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'id':
        if (!((typeof v === 'string' && v.length > 0))) return false
        required++
        break
      case 'agent_id':
        if (!((typeof v === 'string' && v.length > 0))) return false
        required++
        break
      case 'status':
        if (!(v === 'pending' || v === 'running' || v === 'paused' || v === 'completed' || v === 'failed' || v === 'cancelled' || v === 'timeout' || v === 'interrupted' || v === 'unknown')) return false
        required++
        break
      case 'started_at':
        if (!((typeof v === 'string' && isTime(v)) || v === null)) return false
        required++
        break
      case 'steps':
        if (!(isList0(v, seen))) return false
        required++
        break
      case 'cost':
        if (!(isCost(v, seen))) return false
        required++
        break
      case 'provenance':
        if (!(isProvenance(v, seen))) return false
        required++
        break
      case 'spec_version':
        if (!((typeof v === 'string' && pattern0.test(v)))) return false
        break
      case 'session_id':
      case 'turn_id':
      case 'job_id':
      case 'agent_version':
      case 'agent_role':
      case 'prompt_version':
        if (!((typeof v === 'string' && v.length > 0))) return false
        break
      case 'task_id':
      case 'workspace_id':
      case 'parent_run_id':
      case 'agent_name':
      case 'runtime':
      case 'runtime_version':
      case 'model':
      case 'provider':
      case 'error':
      case 'git_branch':
      case 'git_commit':
        if (!(typeof v === 'string' || v === null)) return false
        break
      case 'related':
        if (!(isList1(v, seen))) return false
        break
      case 'links':
        if (!(isLinks(v, seen))) return false
        break
      case 'tags':
      case 'tools_available':
        if (!(isList2(v, seen))) return false
        break
      case 'model_config':
        if (!(isModelConfig(v, seen))) return false
        break
      case 'outcome':
        if (!(v === 'success' || v === 'failed' || v === 'partial' || v === 'abandoned' || v === 'escalated' || v === 'rolled_back' || v === null)) return false
        break
      case 'trigger':
        if (!(v === 'manual' || v === 'cron' || v === 'webhook' || v === 'agent' || v === 'pipeline' || v === 'queue' || v === 'event' || v === null)) return false
        break
      case 'ended_at':
        if (!((typeof v === 'string' && isTime(v)) || v === null)) return false
        break
      case 'duration_ms':
        if (!((Number.isFinite(v) && (v as number) >= 0) || v === null)) return false
        break
      case 'error_type':
        if (!((typeof v === 'string' && isOpenValue(v)))) return false
        break
      case 'input_preview':
      case 'output_preview':
      case 'intent':
        if (!(typeof v === 'string')) return false
        break
      case 'input_refs':
      case 'output_refs':
        if (!(isList3(v, seen))) return false
        break
      case 'inventory':
        if (!(isInventory(v, seen))) return false
        break
      case 'permissions':
        if (!(isPermissions(v, seen))) return false
        break
      case 'sandbox':
        if (!(isSandbox(v, seen))) return false
        break
      case 'policies':
        if (!(isList4(v, seen))) return false
        break
      case 'scope':
        if (!(isScope(v, seen))) return false
        break
      case 'setup':
        if (!(isSetup(v, seen))) return false
        break
      case 'approvals':
        if (!(isList5(v, seen))) return false
        break
      case 'policy_decisions':
        if (!(isList6(v, seen))) return false
        break
      case 'artifacts':
        if (!(isList7(v, seen))) return false
        break
      case 'checkpoints':
        if (!(isList8(v, seen))) return false
        break
      case 'evidence':
        if (!(isList9(v, seen))) return false
        break
      case 'recovery':
        if (!(isRecovery(v, seen))) return false
        break
      case 'eval':
        if (!(isEvalResult(v, seen))) return false
        break
      case 'source':
        if (!(isSource(v, seen))) return false
        break
      case 'salt':
        if (!((typeof v === 'string' && pattern1.test(v)))) return false
        break
      case 'private_hash':
        if (!((typeof v === 'string' && pattern2.test(v)))) return false
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return required === 7
}

function isActor(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  let required = 0
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'kind':
        if (!(v === 'human' || v === 'agent' || v === 'unknown')) return false
        required++
        break
      case 'id':
      case 'name':
        if (!((typeof v === 'string' && v.length > 0))) return false
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return required === 1
}

function isApprovalEvent(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  let required = 0
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'approval_id':
        if (!((typeof v === 'string' && v.length > 0))) return false
        required++
        break
      case 'event':
        if (!(v === 'requested' || v === 'approved' || v === 'denied' || v === 'expired' || v === 'cancelled' || v === 'escalated' || v === 'revoked')) return false
        required++
        break
      case 'at':
        if (!((typeof v === 'string' && isTime(v)))) return false
        required++
        break
      case 'run_id':
      case 'step_id':
      case 'tool_call_id':
      case 'required_role':
      case 'decision_id':
        if (!((typeof v === 'string' && v.length > 0))) return false
        break
      case 'expires_at':
        if (!((typeof v === 'string' && isTime(v)))) return false
        break
      case 'actor':
        if (!(isActor(v, seen))) return false
        break
      case 'risk':
        if (!((typeof v === 'string' && isOpenValue(v)))) return false
        break
      case 'reason':
        if (!(typeof v === 'string')) return false
        break
      case 'presentation_digest':
      case 'action_hash':
      case 'modified_action_hash':
      case 'request_hash':
      case 'private_hash':
        if (!((typeof v === 'string' && pattern2.test(v)))) return false
        break
      case 'grant':
        if (!(isGrant(v, seen))) return false
        break
      case 'stops_run':
        if (!(typeof v === 'boolean')) return false
        break
      case 'basis':
        if (!(v === 'observed' || v === 'inferred')) return false
        break
      case 'signed_by':
        if (!((typeof v === 'string' && pattern3.test(v)))) return false
        break
      case 'signature':
        if (!((typeof v === 'string' && pattern4.test(v)))) return false
        break
      case 'salt':
        if (!((typeof v === 'string' && pattern1.test(v)))) return false
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return required === 3
}

function isArtifact(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  let required = 0
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'id':
        if (!((typeof v === 'string' && v.length > 0))) return false
        required++
        break
      case 'name':
        if (!(typeof v === 'string')) return false
        break
      case 'kind':
        if (!((typeof v === 'string' && isOpenValue(v)))) return false
        break
      case 'action':
        if (!(v === 'created' || v === 'modified' || v === 'deleted')) return false
        break
      case 'step_id':
        if (!((typeof v === 'string' && v.length > 0))) return false
        break
      case 'content':
        if (!(isContentRef(v, seen))) return false
        break
      case 'salt':
        if (!((typeof v === 'string' && pattern1.test(v)))) return false
        break
      case 'private_hash':
        if (!((typeof v === 'string' && pattern2.test(v)))) return false
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return required === 1
}

function isBatchProof(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  let required = 0
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'statement':
        if (!((typeof v === 'string' && pattern2.test(v)))) return false
        required++
        break
      case 'record_hash':
        if (!((typeof v === 'string' && pattern2.test(v)))) return false
        required++
        break
      case 'index':
        if (!((Number.isInteger(v) && (v as number) >= 0))) return false
        required++
        break
      case 'path':
        if (!(isList10(v, seen))) return false
        required++
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return required === 4
}

function isCheck(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  let required = 0
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'check':
        if (!(v === 'schema' || v === 'semantics' || v === 'run_hash' || v === 'steps' || v === 'record' || v === 'signature' || v === 'signer' || v === 'approvals' || v === 'lineage' || v === 'journal' || v === 'evals' || v === 'erasures')) return false
        required++
        break
      case 'result':
        if (!(v === 'pass' || v === 'fail' || v === 'absent' || v === 'unknown' || v === 'skipped')) return false
        required++
        break
      case 'detail':
        if (!((typeof v === 'string' && v.length > 0))) return false
        required++
        break
      case 'compared':
        if (!((Number.isInteger(v) && (v as number) >= 0))) return false
        required++
        break
      case 'code':
      case 'expected':
      case 'found':
        if (!((typeof v === 'string' && v.length > 0))) return false
        break
      case 'path':
        if (!(typeof v === 'string')) return false
        break
      case 'findings':
        if (!(isList11(v, seen))) return false
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return required === 4
}

function isCheckpoint(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  let required = 0
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'when':
        if (!(v === 'before' || v === 'during' || v === 'after')) return false
        required++
        break
      case 'kind':
        if (!((typeof v === 'string' && isOpenValue(v)))) return false
        break
      case 'ref':
        if (!((typeof v === 'string' && v.length > 0))) return false
        break
      case 'at':
        if (!((typeof v === 'string' && isTime(v)))) return false
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return required === 1
}

function isCompleteness(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  let required = 0
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'state':
        if (!(v === 'sealed' || v === 'interrupted' || v === 'checkpointed' || v === 'open' || v === 'unsealed')) return false
        required++
        break
      case 'n':
        if (!((Number.isInteger(v) && (v as number) >= 0))) return false
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return required === 1
}

function isContentRef(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'digest':
        if (!((typeof v === 'string' && pattern2.test(v)))) return false
        break
      case 'size':
        if (!((Number.isInteger(v) && (v as number) >= 0))) return false
        break
      case 'media_type':
      case 'uri':
        if (!((typeof v === 'string' && v.length > 0))) return false
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return true
}

function isCost(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  let required = 0
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'input_tokens':
        if (!((Number.isInteger(v) && (v as number) >= 0) || v === null)) return false
        required++
        break
      case 'output_tokens':
        if (!((Number.isInteger(v) && (v as number) >= 0) || v === null)) return false
        required++
        break
      case 'cache_read_tokens':
      case 'cache_write_tokens':
      case 'total_tokens':
        if (!((Number.isInteger(v) && (v as number) >= 0) || v === null)) return false
        break
      case 'cache_write_5m_tokens':
      case 'cache_write_1h_tokens':
      case 'reasoning_tokens':
        if (!((Number.isInteger(v) && (v as number) >= 0))) return false
        break
      case 'cost_usd':
        if (!((Number.isFinite(v) && (v as number) >= 0) || v === null)) return false
        break
      case 'amount':
        if (!((Number.isFinite(v) && (v as number) >= 0))) return false
        break
      case 'unit':
        if (!((typeof v === 'string' && isOpenValue(v)))) return false
        break
      case 'model':
        if (!(typeof v === 'string' || v === null)) return false
        break
      case 'by_model':
        if (!(isList12(v, seen))) return false
        break
      case 'basis':
        if (!(v === 'reported' || v === 'computed' || v === 'lower_bound' || v === 'unknown')) return false
        break
      case 'price_basis':
        if (!(v === 'reported' || v === 'computed' || v === 'unknown')) return false
        break
      case 'price_source':
        if (!((typeof v === 'string' && v.length > 0))) return false
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return required === 2
}

function isCriterion(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  let required = 0
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'name':
        if (!((typeof v === 'string' && v.length > 0))) return false
        required++
        break
      case 'pass':
        if (!(typeof v === 'boolean')) return false
        break
      case 'score':
        if (!((Number.isFinite(v) && (v as number) >= 0 && (v as number) <= 100))) return false
        break
      case 'label':
        if (!((typeof v === 'string' && v.length > 0))) return false
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return required === 1
}

function isDecider(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  let required = 0
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'kind':
        if (!(v === 'rule' || v === 'policy' || v === 'hook' || v === 'classifier' || v === 'guard' || v === 'sandbox')) return false
        required++
        break
      case 'id':
      case 'version':
        if (!((typeof v === 'string' && v.length > 0))) return false
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return required === 1
}

function isEvalResult(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  let required = 0
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'pass':
        if (!(typeof v === 'boolean')) return false
        required++
        break
      case 'score':
        if (!((Number.isFinite(v) && (v as number) >= 0 && (v as number) <= 100))) return false
        required++
        break
      case 'task_type':
      case 'eval_layer':
      case 'expected_outcome':
      case 'actual_outcome':
      case 'regression_from':
      case 'detail':
      case 'benchmark_id':
        if (!(typeof v === 'string' || v === null)) return false
        break
      case 'criteria':
        if (!(isList13(v, seen))) return false
        break
      case 'metrics':
        if (!(isObject14(v, seen) || v === null)) return false
        break
      case 'evaluator':
      case 'run_id':
        if (!((typeof v === 'string' && v.length > 0))) return false
        break
      case 'cost':
        if (!(isCost(v, seen))) return false
        break
      case 'record_hash':
      case 'document_hash':
        if (!((typeof v === 'string' && pattern2.test(v)))) return false
        break
      case 'at':
        if (!((typeof v === 'string' && isTime(v)))) return false
        break
      case 'signed_by':
        if (!((typeof v === 'string' && pattern3.test(v)))) return false
        break
      case 'signature':
        if (!((typeof v === 'string' && pattern4.test(v)))) return false
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return required === 2
}

function isEvidence(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  let required = 0
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'kind':
        if (!((typeof v === 'string' && isOpenValue(v)))) return false
        required++
        break
      case 'name':
      case 'ref':
      case 'step_id':
        if (!((typeof v === 'string' && v.length > 0))) return false
        break
      case 'result':
        if (!(v === 'pass' || v === 'fail' || v === 'partial' || v === 'skipped' || v === 'unknown')) return false
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return required === 1
}

function isFinding(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  let required = 0
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'code':
        if (!((typeof v === 'string' && v.length > 0))) return false
        required++
        break
      case 'severity':
        if (!(v === 'error' || v === 'warning')) return false
        required++
        break
      case 'path':
        if (!(typeof v === 'string')) return false
        required++
        break
      case 'message':
        if (!((typeof v === 'string' && v.length > 0))) return false
        required++
        break
      case 'requirement':
      case 'suggestion':
        if (!((typeof v === 'string' && v.length > 0))) return false
        break
      case 'allowed':
        if (!(isList15(v, seen))) return false
        break
      case 'position':
        if (!(isTextPosition(v, seen))) return false
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return required === 4
}

function isGrant(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  let required = 0
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'scope':
        if (!(v === 'session' || v === 'always')) return false
        required++
        break
      case 'tool_name':
      case 'mcp_server':
      case 'session_id':
      case 'rule':
        if (!((typeof v === 'string' && v.length > 0))) return false
        break
      case 'tool_hash':
        if (!((typeof v === 'string' && pattern2.test(v)))) return false
        break
      case 'expires_at':
        if (!((typeof v === 'string' && isTime(v)))) return false
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return required === 1
}

function isInventory(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'tools':
        if (!(isList16(v, seen))) return false
        break
      case 'mcp_servers':
        if (!(isList17(v, seen))) return false
        break
      case 'skills':
        if (!(isList18(v, seen))) return false
        break
      case 'providers':
        if (!(isList19(v, seen))) return false
        break
      case 'ref':
        if (!(isContentRef(v, seen))) return false
        break
      case 'at':
        if (!((typeof v === 'string' && isTime(v)))) return false
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return true
}

function isJournalHead(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  let required = 0
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'run_id':
        if (!((typeof v === 'string' && v.length > 0))) return false
        required++
        break
      case 'nonce':
        if (!((typeof v === 'string' && pattern5.test(v)))) return false
        required++
        break
      case 'seq':
        if (!((Number.isInteger(v) && (v as number) >= 0))) return false
        required++
        break
      case 'head':
        if (!((typeof v === 'string' && pattern2.test(v)))) return false
        required++
        break
      case 'steps_count':
        if (!((Number.isInteger(v) && (v as number) >= 0))) return false
        required++
        break
      case 'steps_root':
        if (!((typeof v === 'string' && pattern2.test(v)))) return false
        required++
        break
      case 'at':
        if (!((typeof v === 'string' && isTime(v)))) return false
        required++
        break
      case 'signed_by':
        if (!((typeof v === 'string' && pattern3.test(v)))) return false
        required++
        break
      case 'signature':
        if (!((typeof v === 'string' && pattern4.test(v)))) return false
        required++
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return required === 9
}

function isJournalLine(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  let required = 0
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'seq':
        if (!((Number.isInteger(v) && (v as number) >= 0))) return false
        required++
        break
      case 'prev':
        if (!((typeof v === 'string' && pattern2.test(v)))) return false
        required++
        break
      case 'at':
        if (!((typeof v === 'string' && isTime(v)))) return false
        required++
        break
      case 'type':
        if (!((typeof v === 'string' && pattern6.test(v)))) return false
        required++
        break
      case 'data':
        if (!(isObject(v))) return false
        required++
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return required === 5
}

function isLimits(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'max_steps':
      case 'max_model_calls':
      case 'max_tokens':
        if (!((Number.isInteger(v) && (v as number) >= 0))) return false
        break
      case 'max_duration_ms':
      case 'max_cost_usd':
        if (!((Number.isFinite(v) && (v as number) >= 0))) return false
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return true
}

function isLineageEdge(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  let required = 0
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'parent_run_id':
        if (!((typeof v === 'string' && v.length > 0))) return false
        required++
        break
      case 'child_run_id':
        if (!((typeof v === 'string' && v.length > 0))) return false
        required++
        break
      case 'state':
        if (!(v === 'mutual' || v === 'chained' || v === 'open' || v === 'child_only' || v === 'parent_only' || v === 'unresolved' || v === 'conflict')) return false
        required++
        break
      case 'delegation_id':
      case 'code':
        if (!((typeof v === 'string' && v.length > 0))) return false
        break
      case 'path':
        if (!(typeof v === 'string')) return false
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return required === 3
}

function isLinks(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'trace_id':
        if (!((typeof v === 'string' && pattern7.test(v)))) return false
        break
      case 'span_id':
        if (!((typeof v === 'string' && pattern8.test(v)))) return false
        break
      case 'urls':
        if (!(isList15(v, seen))) return false
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return true
}

function isMcpServer(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  let required = 0
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'name':
        if (!((typeof v === 'string' && v.length > 0))) return false
        required++
        break
      case 'server_name':
      case 'version':
      case 'protocol_version':
      case 'command':
      case 'url':
        if (!((typeof v === 'string' && v.length > 0))) return false
        break
      case 'transport':
        if (!((typeof v === 'string' && isOpenValue(v)))) return false
        break
      case 'tools_hash':
        if (!((typeof v === 'string' && pattern2.test(v)))) return false
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return required === 1
}

function isModelConfig(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'temperature':
        if (!((Number.isFinite(v) && (v as number) >= 0))) return false
        break
      case 'top_p':
        if (!((Number.isFinite(v) && (v as number) >= 0 && (v as number) <= 1))) return false
        break
      case 'top_k':
      case 'max_tokens':
        if (!((Number.isInteger(v) && (v as number) >= 0))) return false
        break
      case 'seed':
        if (!(Number.isInteger(v))) return false
        break
      case 'stop_sequences':
        if (!(isList2(v, seen))) return false
        break
      case 'reasoning_effort':
      case 'service_tier':
      case 'tier':
        if (!((typeof v === 'string' && v.length > 0))) return false
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return true
}

function isModelProvider(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  let required = 0
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'name':
        if (!((typeof v === 'string' && v.length > 0))) return false
        required++
        break
      case 'models':
        if (!(isList15(v, seen))) return false
        break
      case 'url':
        if (!((typeof v === 'string' && v.length > 0))) return false
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return required === 1
}

function isParentRef(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  let required = 0
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'run_id':
        if (!((typeof v === 'string' && v.length > 0))) return false
        required++
        break
      case 'delegation_id':
        if (!((typeof v === 'string' && v.length > 0))) return false
        break
      case 'handoff_leaf':
      case 'record_hash':
        if (!((typeof v === 'string' && pattern2.test(v)))) return false
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return required === 1
}

function isPermissions(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'approval_mode':
        if (!((typeof v === 'string' && v.length > 0))) return false
        break
      case 'granted':
        if (!(isList15(v, seen))) return false
        break
      case 'limits':
        if (!(isLimits(v, seen))) return false
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return true
}

function isPolicyDecision(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  let required = 0
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'id':
        if (!((typeof v === 'string' && v.length > 0))) return false
        required++
        break
      case 'at':
        if (!((typeof v === 'string' && isTime(v)))) return false
        required++
        break
      case 'verdict':
        if (!(v === 'allow' || v === 'warn' || v === 'redact' || v === 'modify' || v === 'block' || v === 'require_approval' || v === 'review')) return false
        required++
        break
      case 'step_id':
      case 'tool_call_id':
      case 'external_id':
        if (!((typeof v === 'string' && v.length > 0))) return false
        break
      case 'boundary':
        if (!(v === 'input' || v === 'model_output' || v === 'tool_call' || v === 'tool_result')) return false
        break
      case 'subject_hash':
      case 'private_hash':
        if (!((typeof v === 'string' && pattern2.test(v)))) return false
        break
      case 'policy':
        if (!(isPolicyRef(v, seen))) return false
        break
      case 'decider':
        if (!(isDecider(v, seen))) return false
        break
      case 'matched':
        if (!(v === 'rule' || v === 'default' || v === 'error')) return false
        break
      case 'rule_ids':
      case 'reasons':
        if (!(isList15(v, seen))) return false
        break
      case 'confidence':
        if (!((Number.isFinite(v) && (v as number) >= 0 && (v as number) <= 1))) return false
        break
      case 'enforcement':
        if (!(v === 'none' || v === 'executed' || v === 'asked' || v === 'blocked' || v === 'redacted' || v === 'modified')) return false
        break
      case 'basis':
        if (!(v === 'observed' || v === 'inferred')) return false
        break
      case 'salt':
        if (!((typeof v === 'string' && pattern1.test(v)))) return false
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return required === 3
}

function isPolicyRef(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  let required = 0
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'id':
        if (!((typeof v === 'string' && v.length > 0))) return false
        required++
        break
      case 'version':
        if (!((typeof v === 'string' && v.length > 0))) return false
        break
      case 'digest':
        if (!((typeof v === 'string' && pattern2.test(v)))) return false
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return required === 1
}

function isPrivateLine(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  let required = 0
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'private':
        if (!((typeof v === 'string' && pattern2.test(v)))) return false
        required++
        break
      case 'salt':
        if (!((typeof v === 'string' && pattern1.test(v)))) return false
        required++
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
    }
  }
  return required === 2
}

function isProvenance(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  let required = 0
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'run_hash':
        if (!(typeof v === 'string')) return false
        required++
        break
      case 'config_hash':
      case 'model_version':
      case 'runtime':
      case 'parent_run_hash':
      case 'signed_by':
      case 'signature':
        if (!(typeof v === 'string' || v === null)) return false
        break
      case 'prompt_digest':
      case 'inventory_hash':
      case 'steps_root':
      case 'journal_head':
      case 'record_hash':
        if (!((typeof v === 'string' && pattern2.test(v)))) return false
        break
      case 'created_at':
        if (!((typeof v === 'string' && isTime(v)) || v === null)) return false
        break
      case 'nonce':
        if (!((typeof v === 'string' && pattern5.test(v)))) return false
        break
      case 'parents':
        if (!(isList20(v, seen))) return false
        break
      case 'lineage':
        if (!(isList2(v, seen))) return false
        break
      case 'steps_count':
        if (!((Number.isInteger(v) && (v as number) >= 0))) return false
        break
      case 'sealed_at':
        if (!((typeof v === 'string' && isTime(v)))) return false
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return required === 1
}

function isRecoveryAction(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  let required = 0
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'state':
        if (!(v === 'available' || v === 'done' || v === 'impossible' || v === 'unknown')) return false
        required++
        break
      case 'how':
      case 'owner':
        if (!((typeof v === 'string' && v.length > 0))) return false
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return required === 1
}

function isRecovery(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'stop':
      case 'pause':
      case 'retry':
      case 'resume':
      case 'replay':
      case 'rollback':
      case 'cleanup':
      case 'uninstall':
        if (!(isRecoveryAction(v, seen))) return false
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return true
}

function isRelatedRun(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  let required = 0
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'relation':
        if (!((typeof v === 'string' && isOpenValue(v)))) return false
        required++
        break
      case 'run_id':
        if (!((typeof v === 'string' && v.length > 0))) return false
        required++
        break
      case 'step_id':
        if (!((typeof v === 'string' && v.length > 0))) return false
        break
      case 'record_hash':
        if (!((typeof v === 'string' && pattern2.test(v)))) return false
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return required === 2
}

function isRevocation(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  let required = 0
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'at':
        if (!((typeof v === 'string' && isTime(v)))) return false
        required++
        break
      case 'reason':
        if (!(v === 'compromised' || v === 'superseded' || v === 'retired')) return false
        required++
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return required === 2
}

function isSandbox(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'kind':
        if (!((typeof v === 'string' && isOpenValue(v)))) return false
        break
      case 'image_digest':
        if (!((typeof v === 'string' && pattern2.test(v)))) return false
        break
      case 'writable_roots':
        if (!(isList15(v, seen))) return false
        break
      case 'network':
        if (!(v === 'none' || v === 'limited' || v === 'full' || v === 'unknown')) return false
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return true
}

function isScope(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'repository':
      case 'root':
        if (!((typeof v === 'string' && v.length > 0))) return false
        break
      case 'dirty':
        if (!(typeof v === 'boolean')) return false
        break
      case 'files':
        if (!(isList15(v, seen))) return false
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return true
}

function isSetup(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'method':
        if (!((typeof v === 'string' && v.length > 0))) return false
        break
      case 'installed_at':
        if (!((typeof v === 'string' && isTime(v)))) return false
        break
      case 'package':
      case 'config':
        if (!(isContentRef(v, seen))) return false
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return true
}

function isShortfall(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  let required = 0
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'level':
        if (!(v === 'recorded' || v === 'sealed' || v === 'accountable')) return false
        required++
        break
      case 'code':
        if (!((typeof v === 'string' && v.length > 0))) return false
        required++
        break
      case 'reason':
        if (!((typeof v === 'string' && v.length > 0))) return false
        required++
        break
      case 'path':
        if (!(typeof v === 'string')) return false
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return required === 3
}

function isSideEffect(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  let required = 0
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'kind':
        if (!((typeof v === 'string' && isOpenValue(v)))) return false
        required++
        break
      case 'operation':
      case 'target':
        if (!(typeof v === 'string')) return false
        break
      case 'target_kind':
        if (!((typeof v === 'string' && isOpenValue(v)))) return false
        break
      case 'reversible':
        if (!(v === 'full' || v === 'partial' || v === 'none' || v === 'unknown')) return false
        break
      case 'before_digest':
      case 'after_digest':
      case 'private_hash':
        if (!((typeof v === 'string' && pattern2.test(v)))) return false
        break
      case 'artifact_id':
        if (!((typeof v === 'string' && v.length > 0))) return false
        break
      case 'basis':
        if (!(v === 'declared' || v === 'observed' || v === 'inferred')) return false
        break
      case 'salt':
        if (!((typeof v === 'string' && pattern1.test(v)))) return false
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return required === 1
}

function isSkill(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  let required = 0
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'name':
        if (!((typeof v === 'string' && v.length > 0))) return false
        required++
        break
      case 'version':
      case 'origin':
        if (!((typeof v === 'string' && v.length > 0))) return false
        break
      case 'digest':
        if (!((typeof v === 'string' && pattern2.test(v)))) return false
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return required === 1
}

function isSourceRange(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  let required = 0
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'unit':
        if (!(v === 'lines' || v === 'bytes')) return false
        required++
        break
      case 'first':
        if (!((Number.isInteger(v) && (v as number) >= 0))) return false
        required++
        break
      case 'last':
        if (!((Number.isInteger(v) && (v as number) >= 0))) return false
        required++
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return required === 3
}

function isSource(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  let required = 0
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'format':
        if (!((typeof v === 'string' && v.length > 0))) return false
        required++
        break
      case 'format_version':
      case 'adapter':
      case 'adapter_version':
        if (!((typeof v === 'string' && v.length > 0))) return false
        break
      case 'digest':
        if (!((typeof v === 'string' && pattern2.test(v)))) return false
        break
      case 'range':
        if (!(isSourceRange(v, seen))) return false
        break
      case 'times':
        if (!(v === 'recorded' || v === 'inferred' || v === 'mixed' || v === 'absent')) return false
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return required === 1
}

function isStatement(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  let required = 0
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'kind':
        if (!((typeof v === 'string' && isOpenValue(v)))) return false
        required++
        break
      case 'about':
        if (!((typeof v === 'string' && v.length > 0))) return false
        required++
        break
      case 'at':
        if (!((typeof v === 'string' && isTime(v)))) return false
        required++
        break
      case 'body':
      case 'metadata':
        if (!(isObject(v))) return false
        break
      case 'signed_by':
        if (!((typeof v === 'string' && pattern3.test(v)))) return false
        break
      case 'signature':
        if (!((typeof v === 'string' && pattern4.test(v)))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return required === 3
}

function isStepApproval(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  let required = 0
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'state':
        if (!(v === 'not_required' || v === 'requested' || v === 'approved' || v === 'denied' || v === 'expired' || v === 'cancelled' || v === 'auto_approved')) return false
        required++
        break
      case 'approval_id':
      case 'decision_id':
      case 'policy_id':
        if (!((typeof v === 'string' && v.length > 0))) return false
        break
      case 'basis':
        if (!(v === 'observed' || v === 'inferred')) return false
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return required === 1
}

function isStepProof(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  let required = 0
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'agent_run_proof':
        if (!((typeof v === 'string' && pattern0.test(v)))) return false
        required++
        break
      case 'record':
        if (!(isObject(v))) return false
        required++
        break
      case 'step':
        if (!(isStep(v, seen))) return false
        required++
        break
      case 'index':
        if (!((Number.isInteger(v) && (v as number) >= 0))) return false
        required++
        break
      case 'path':
        if (!(isList10(v, seen))) return false
        required++
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return required === 5
}

function isStep(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  let required = 0
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'id':
        if (!((typeof v === 'string' && v.length > 0))) return false
        required++
        break
      case 'type':
        if (!(v === 'model_call' || v === 'reasoning' || v === 'message' || v === 'tool_call' || v === 'tool_result' || v === 'handoff' || v === 'handoff_result' || v === 'input_request' || v === 'compaction' || v === 'config_change' || v === 'error' || v === 'other')) return false
        required++
        break
      case 'started_at':
        if (!((typeof v === 'string' && isTime(v)) || v === null)) return false
        required++
        break
      case 'seq':
        if (!((Number.isInteger(v) && (v as number) >= 0))) return false
        break
      case 'status':
        if (!(v === 'pending' || v === 'running' || v === 'succeeded' || v === 'failed' || v === 'denied' || v === 'cancelled' || v === 'timeout' || v === 'skipped' || v === 'interrupted' || v === 'unknown')) return false
        break
      case 'ended_at':
        if (!((typeof v === 'string' && isTime(v)) || v === null)) return false
        break
      case 'duration_ms':
        if (!((Number.isFinite(v) && (v as number) >= 0) || v === null)) return false
        break
      case 'role':
        if (!(v === 'user' || v === 'assistant' || v === 'system' || v === 'tool')) return false
        break
      case 'parent_step_id':
      case 'turn_id':
      case 'agent_id':
      case 'model_call_id':
      case 'retry_of':
      case 'fallback_from':
      case 'model':
      case 'response_id':
      case 'stop_reason':
      case 'prompt_version':
      case 'tool_call_id':
      case 'initiated_by':
      case 'permission':
      case 'state_version':
      case 'child_run_id':
      case 'delegation_id':
      case 'source_ref':
        if (!((typeof v === 'string' && v.length > 0))) return false
        break
      case 'caused_by':
      case 'artifact_ids':
        if (!(isList15(v, seen))) return false
        break
      case 'span_id':
        if (!((typeof v === 'string' && pattern8.test(v)))) return false
        break
      case 'attempt':
        if (!((Number.isInteger(v) && (v as number) >= 1))) return false
        break
      case 'cache_hit':
        if (!(typeof v === 'boolean')) return false
        break
      case 'first_token_ms':
        if (!((Number.isFinite(v) && (v as number) >= 0))) return false
        break
      case 'tool_name':
      case 'mcp_server':
      case 'input_preview':
      case 'output_preview':
      case 'error':
        if (!(typeof v === 'string' || v === null)) return false
        break
      case 'tool_hash':
      case 'arguments_hash':
      case 'child_record_hash':
      case 'private_hash':
        if (!((typeof v === 'string' && pattern2.test(v)))) return false
        break
      case 'input_refs':
      case 'output_refs':
        if (!(isList3(v, seen))) return false
        break
      case 'side_effects':
        if (!(isList21(v, seen))) return false
        break
      case 'approval':
        if (!(isStepApproval(v, seen))) return false
        break
      case 'cost':
        if (!(isCost(v, seen))) return false
        break
      case 'error_type':
        if (!((typeof v === 'string' && isOpenValue(v)))) return false
        break
      case 'exit_code':
        if (!(Number.isInteger(v))) return false
        break
      case 'salt':
        if (!((typeof v === 'string' && pattern1.test(v)))) return false
        break
      case 'success':
        if (!(typeof v === 'boolean' || v === null)) return false
        break
      case 'tokens_used':
        if (!((Number.isInteger(v) && (v as number) >= 0) || v === null)) return false
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return required === 3
}

function isTextPosition(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  let required = 0
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'offset':
        if (!((Number.isInteger(v) && (v as number) >= 0))) return false
        required++
        break
      case 'line':
        if (!((Number.isInteger(v) && (v as number) >= 1))) return false
        required++
        break
      case 'column':
        if (!((Number.isInteger(v) && (v as number) >= 1))) return false
        required++
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return required === 3
}

function isTimeBasis(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  let required = 0
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'basis':
        if (!(v === 'asserted' || v === 'vouched')) return false
        required++
        break
      case 'by':
        if (!((typeof v === 'string' && v.length > 0))) return false
        break
      case 'at':
        if (!((typeof v === 'string' && isTime(v)))) return false
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return required === 1
}

function isTool(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  let required = 0
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'name':
        if (!((typeof v === 'string' && v.length > 0))) return false
        required++
        break
      case 'kind':
      case 'declared_effect':
        if (!((typeof v === 'string' && isOpenValue(v)))) return false
        break
      case 'mcp_server':
      case 'permission':
        if (!((typeof v === 'string' && v.length > 0))) return false
        break
      case 'description_digest':
      case 'schema_hash':
        if (!((typeof v === 'string' && pattern2.test(v)))) return false
        break
      case 'annotations':
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return required === 1
}

function isTrust(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  let required = 0
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'agent_run_trust':
        if (!((typeof v === 'string' && pattern0.test(v)))) return false
        required++
        break
      case 'keys':
        if (!(isList22(v, seen))) return false
        required++
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return required === 2
}

function isTrustedKey(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  let required = 0
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'key':
        if (!((typeof v === 'string' && pattern3.test(v)))) return false
        required++
        break
      case 'identity':
        if (!((typeof v === 'string' && v.length > 0))) return false
        required++
        break
      case 'roles':
        if (!(isList23(v, seen))) return false
        required++
        break
      case 'agents':
      case 'workspaces':
      case 'approves':
        if (!(isList15(v, seen))) return false
        break
      case 'valid_from':
      case 'valid_until':
        if (!((typeof v === 'string' && isTime(v)))) return false
        break
      case 'revoked':
        if (!(isRevocation(v, seen))) return false
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return required === 3
}

function isVerdict(o: unknown, seen: Seen): boolean {
  if (!isObject(o)) return false
  let required = 0
  for (const name in o) {
    const v = o[name]
    switch (name) {
      case 'ok':
        if (!(typeof v === 'boolean')) return false
        required++
        break
      case 'level':
        if (!(v === 'none' || v === 'recorded' || v === 'sealed' || v === 'accountable')) return false
        required++
        break
      case 'asked':
        if (!(v === 'none' || v === 'recorded' || v === 'sealed' || v === 'accountable')) return false
        required++
        break
      case 'completeness':
        if (!(isCompleteness(v, seen))) return false
        required++
        break
      case 'time':
        if (!(isTimeBasis(v, seen))) return false
        required++
        break
      case 'checks':
        if (!(isList24(v, seen))) return false
        required++
        break
      case 'missing':
        if (!(isList25(v, seen))) return false
        required++
        break
      case 'by':
        if (!((typeof v === 'string' && v.length > 0))) return false
        break
      case 'self_asserted':
        if (!(typeof v === 'boolean')) return false
        break
      case 'first_failure':
        if (!(v === 'schema' || v === 'semantics' || v === 'run_hash' || v === 'steps' || v === 'record' || v === 'signature' || v === 'signer' || v === 'approvals' || v === 'lineage' || v === 'journal' || v === 'evals' || v === 'erasures')) return false
        break
      case 'edges':
        if (!(isList26(v, seen))) return false
        break
      case 'metadata':
        if (!(isObject(v))) return false
        break
      default:
        seen.unknown = true
    }
  }
  return required === 7
}

/** For every schema: whether a parsed JSON value is valid against it. */
export const isValid: Readonly<Record<SchemaName, (value: unknown, seen: Seen) => boolean>> = {
  'agent-run': isAgentRun,
  actor: isActor,
  approval: isApprovalEvent,
  artifact: isArtifact,
  'batch-proof': isBatchProof,
  check: isCheck,
  checkpoint: isCheckpoint,
  completeness: isCompleteness,
  'content-ref': isContentRef,
  cost: isCost,
  criterion: isCriterion,
  decider: isDecider,
  eval: isEvalResult,
  evidence: isEvidence,
  finding: isFinding,
  grant: isGrant,
  inventory: isInventory,
  'journal-head': isJournalHead,
  'journal-line': isJournalLine,
  limits: isLimits,
  'lineage-edge': isLineageEdge,
  links: isLinks,
  'mcp-server': isMcpServer,
  'model-config': isModelConfig,
  'model-provider': isModelProvider,
  'parent-ref': isParentRef,
  permissions: isPermissions,
  'policy-decision': isPolicyDecision,
  'policy-ref': isPolicyRef,
  'private-line': isPrivateLine,
  provenance: isProvenance,
  'recovery-action': isRecoveryAction,
  recovery: isRecovery,
  'related-run': isRelatedRun,
  revocation: isRevocation,
  sandbox: isSandbox,
  scope: isScope,
  setup: isSetup,
  shortfall: isShortfall,
  'side-effect': isSideEffect,
  skill: isSkill,
  'source-range': isSourceRange,
  source: isSource,
  statement: isStatement,
  'step-approval': isStepApproval,
  'step-proof': isStepProof,
  step: isStep,
  'text-position': isTextPosition,
  'time-basis': isTimeBasis,
  tool: isTool,
  trust: isTrust,
  'trusted-key': isTrustedKey,
  verdict: isVerdict,
}
