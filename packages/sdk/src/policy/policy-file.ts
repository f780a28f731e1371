/** What a policy says about a call: it runs, a person is asked, it does not run. */
export type Decision = 'allow' | 'ask' | 'deny'

/** A value that an argument is compared with. A text is a pattern in which `*` and `?` have a meaning. */
export type Scalar = string | number | boolean | null

/** What an argument has to be: one of some values, or a path inside one of some folders. */
export type ArgumentTest = { readonly anyOf: readonly Scalar[] } | { readonly within: readonly string[] }

/** One rule of a policy. All of its conditions have to hold; one that is absent always does. */
export interface PolicyRule {
  /** Names the rule in the record: `rule_ids` and `decider.id` of the decision. */
  readonly id: string
  readonly decision: Decision
  /** Patterns, one of which matches the name of the MCP server. A tool that is on no server matches none. */
  readonly servers?: readonly string[]
  /** Patterns, one of which matches the name of the tool. */
  readonly tools?: readonly string[]
  /** By the name of the argument, at the top level. */
  readonly arguments?: Readonly<Record<string, ArgumentTest>>
  /** Why, in words; it stands in the record, and in the answer to a call that is refused. */
  readonly reason?: string
  /** For `ask`: what the request says. */
  readonly risk?: string
  readonly required_role?: string
  /** For `ask`: how long the answer is waited for, in seconds. */
  readonly expires_in_seconds?: number
}

/** A policy for tool calls, as read from its file. */
export interface PolicyFile {
  /** Names the policy in the record. */
  readonly id: string
  readonly version?: string
  /** `sha256:` and the SHA-256 of the file's bytes. */
  readonly digest: string
  /** For calls that no rule is about. */
  readonly default: Decision
  /** At least this for a tool that the server does not list under exactly this name; `deny` unless given. */
  readonly unlisted_tools: Decision
  /** At least this for a tool whose definition changed during the session; `allow` unless given. */
  readonly changed_tools: Decision
  readonly rules: readonly PolicyRule[]
}
