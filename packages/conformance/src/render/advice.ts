import type { CaseOutcome } from '../suite/index.ts'

/** Why most of what an emitter could show is not tested. The sentence behind it is another one for each case. */
const NO_OCCASION = 'no record gave occasion to look at this'

/** A reason in two parts: what many cases share, and what is only theirs. */
export const partsOf = (reason: string): readonly [shared: string, own: string] =>
  reason.startsWith(`${NO_OCCASION}: `) ? [NO_OCCASION, reason.slice(NO_OCCASION.length + 2)] : [reason, '']

/** What somebody can do about a case that could not be played; undefined where the reason says it all. */
export const adviceFor = (reason: string): string | undefined => {
  const role = /no key of the role ([a-z]+) was given/.exec(reason)?.[1]
  if (role !== undefined)
    return role === 'main'
      ? 'set AGENT_RUN_KEY, or give --key'
      : `set AGENT_RUN_KEY_${role.toUpperCase()}, or give --${role}-key`
  const limit = /declares no limit ([a-z_]+)/.exec(reason)?.[1]
  if (limit !== undefined) return `declare ${limit} in the limits of the discovery document`
  if (/needs a server with a key of its own/.test(reason)) return 'declare server_key in the discovery document'
  if (reason === NO_OCCASION) return 'let the runtime do more: other scenarios, or more of its records'
  if (/limits its clients to less/.test(reason)) return 'let this key ask more often'
  if (reason === 'this scenario was not chosen') return 'play it: --listen 127.0.0.1:0 --scenarios all -- COMMAND'
  if (/stopped answering/.test(reason)) return "look at the subject's log; --only plays a part of the cases"
  if (/time for the whole run is over/.test(reason)) return 'give a longer --timeout'
  return undefined
}

/** Why a case could not be played: its first message, or what is said where there is none. */
export const reasonOf = ({ messages, suite_fault: fault }: CaseOutcome): string =>
  messages[0] ?? (fault ? 'the suite itself went wrong' : 'no reason was given')
