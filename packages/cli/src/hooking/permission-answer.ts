/** What Claude Code can be told about a tool call. */
export type Permission = 'allow' | 'ask' | 'deny'

/**
 * The answer to a `PreToolUse` event, as Claude Code reads it on standard output: one line of JSON.
 *
 * @param reason fit to be shown: short and without secrets
 */
export const permissionAnswer = (permission: Permission, reason: string): string =>
  `${JSON.stringify({
    hookSpecificOutput: {
      hookEventName: 'PreToolUse',
      permissionDecision: permission,
      permissionDecisionReason: `agent-run policy: ${reason}`,
    },
  })}\n`
