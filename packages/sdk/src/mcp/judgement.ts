import { decide, verdictOf } from '../policy/index.ts'
import type { PolicyVerdict } from '../recorder/index.ts'
import type { CallEffects } from './effects.ts'
import type { KnownTool } from './inventory.ts'
import type { SessionOptions } from './run.ts'

/** What a call is judged by, besides its arguments. */
export interface Judged {
  readonly known: KnownTool | undefined
  readonly effects: CallEffects
}

/** Without a policy every call is allowed, and the record says so. */
const recordOnly = {
  verdict: 'allow' as const,
  matched: 'default' as const,
  policy: { id: 'record-only' },
  decider: { kind: 'policy' as const, id: 'record-only' },
}

/** What the policy of a session says about a call, with what the tool's declaration gets wrong. */
export function verdictOn(
  { policy, server, place }: SessionOptions,
  tool: string,
  args: unknown,
  { known, effects }: Judged,
): PolicyVerdict {
  const contradiction = effects.contradiction === undefined ? [] : [effects.contradiction]
  if (policy === undefined)
    return {
      ...recordOnly,
      reasons: ['no policy was given; every call is recorded and let through', ...contradiction],
    }
  const decided = decide(policy, {
    tool,
    server,
    arguments: args,
    folder: place.cwd,
    isListed: known !== undefined,
    isChanged: known?.isChanged ?? false,
  })
  const verdict = verdictOf(policy, decided)
  return { ...verdict, reasons: [...(verdict.reasons ?? []), ...contradiction] }
}
