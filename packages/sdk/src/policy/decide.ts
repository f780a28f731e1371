import { meetsTests } from './arguments.ts'
import { foldName } from './fold.ts'
import { matchesGlob } from './glob.ts'
import type { Decision, PolicyFile, PolicyRule } from './policy-file.ts'

/** A call that a policy decides about. */
export interface JudgedCall {
  /** Name of the tool, on its server if it is on one. */
  readonly tool: string
  /** Name of the MCP server. */
  readonly server?: string | undefined
  readonly arguments?: unknown
  /** Folder that relative paths in rules and arguments are relative to, absolute. */
  readonly folder?: string | undefined
  /** Whether the server lists a tool of exactly this name; absent where nobody knows the list. */
  readonly isListed?: boolean
  /** Whether the tool's definition has changed since the session began. */
  readonly isChanged?: boolean
}

/** What a policy says about a call. */
export interface Decided {
  readonly decision: Decision
  /** `default`: no rule was about the call. */
  readonly matched: 'rule' | 'default'
  /** The rule that decided; absent for `default`, and where the policy's members about the list of tools decided. */
  readonly rule?: PolicyRule
  /** Ids of the rules that are about the call and decide like that; the one that decided is the first. */
  readonly rule_ids: readonly string[]
  /** Why, in words. */
  readonly reason: string
}

/** The strictest is the last. */
const strictness: readonly Decision[] = ['allow', 'ask', 'deny']

/**
 * Decides about a call. Of the rules that are about it the strictest counts – `deny` before `ask` before `allow` – wherever
 * they stand; of several that say the same the first gives the reason. If there is none, `default` decides.
 *
 * Whatever is doubtful counts against the call: `deny` and `ask` also cover names that could be taken for the ones they
 * name (other case, white space, look-alike letters) and paths in another spelling, `allow` covers exactly what it names.
 */
export function decide(policy: PolicyFile, call: JudgedCall): Decided {
  const found = [
    ...policy.rules
      .filter((rule) => isAbout(rule, call))
      .map((rule) => ({ decision: rule.decision, id: rule.id, rule, reason: rule.reason ?? wordsOf(rule) })),
    ...aboutTheList(policy, call),
  ]
  const strictest = strictness.findLast((decision) => found.some((each) => each.decision === decision))
  const deciding = found.filter(({ decision }) => decision === strictest)
  const [first] = deciding
  if (first === undefined)
    return {
      decision: policy.default,
      matched: 'default',
      rule_ids: [],
      reason: `no rule is about this call; the policy's default is ${policy.default}`,
    }
  return {
    decision: first.decision,
    matched: 'rule',
    ...(first.rule === undefined ? {} : { rule: first.rule }),
    rule_ids: deciding.map(({ id }) => id),
    reason: first.reason,
  }
}

const wordsOf = ({ id, decision }: PolicyRule): string => `rule ${id} says ${decision}`

/** What the policy says about tools that are not, or no longer, what the server listed. */
const aboutTheList = (
  { unlisted_tools, changed_tools }: PolicyFile,
  { isListed, isChanged }: JudgedCall,
): { decision: Decision; id: string; rule?: PolicyRule; reason: string }[] => [
  ...(isListed === false && unlisted_tools !== 'allow'
    ? [{ decision: unlisted_tools, id: 'unlisted_tools', reason: 'the server lists no tool of exactly this name' }]
    : []),
  ...(isChanged === true && changed_tools !== 'allow'
    ? [
        {
          decision: changed_tools,
          id: 'changed_tools',
          reason: "the tool's definition changed after the session had begun",
        },
      ]
    : []),
]

const isAbout = (rule: PolicyRule, { tool, server, arguments: args, folder }: JudgedCall): boolean => {
  const lenient = rule.decision !== 'allow'
  return (
    (rule.tools === undefined || isNamed(rule.tools, tool, lenient)) &&
    (rule.servers === undefined || (server !== undefined && isNamed(rule.servers, server, lenient))) &&
    (rule.arguments === undefined || meetsTests(rule.arguments, args, lenient, folder))
  )
}

const isNamed = (patterns: readonly string[], name: string, lenient: boolean): boolean => {
  if (patterns.some((pattern) => matchesGlob(pattern, name))) return true
  if (!lenient) return false
  const folded = foldName(name)
  return patterns.some((pattern) => matchesGlob(foldName(pattern), folded))
}
