import type { PolicyVerdict } from '../recorder/index.ts'
import type { Decided } from './decide.ts'
import type { PolicyFile } from './policy-file.ts'

const verdicts = { allow: 'allow', ask: 'require_approval', deny: 'block' } as const

/** What was decided, as a recorder's policy says it: the members of a PolicyDecision, and the terms of a request. */
export function verdictOf(policy: PolicyFile, { decision, matched, rule, rule_ids, reason }: Decided): PolicyVerdict {
  const decider = rule_ids[0]
  return {
    verdict: verdicts[decision],
    matched,
    policy: {
      id: policy.id,
      ...(policy.version === undefined ? {} : { version: policy.version }),
      digest: policy.digest,
    },
    decider: decider === undefined ? { kind: 'policy', id: policy.id } : { kind: 'rule', id: decider },
    ...(rule_ids.length === 0 ? {} : { rule_ids: [...rule_ids] }),
    reasons: [reason],
    ...(decision === 'ask'
      ? {
          request: {
            reason,
            ...(rule?.risk === undefined ? {} : { risk: rule.risk }),
            ...(rule?.required_role === undefined ? {} : { required_role: rule.required_role }),
            ...(rule?.expires_in_seconds === undefined ? {} : { expires_in_ms: rule.expires_in_seconds * 1000 }),
          },
        }
      : {}),
  }
}
