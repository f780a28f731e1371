import { asString, type Json } from '../../conversion/json.ts'
import type { Ledger } from '../../conversion/ledger.ts'
import type { LineFate } from '../../conversion/read-input.ts'
import { HookLog } from './hook-log.ts'
import { settlePermission } from './permissions.ts'
import { TelemetryLog } from './telemetry-log.ts'
import { readTelemetry } from './telemetry-records.ts'
import { noTestimony, type Testimony } from './testimony.ts'
import type { CallDraft, Turn } from './turn.ts'

/** A line as it is heard, and the account that it is booked in. */
export interface Listening {
  readonly line: number
  readonly ledger: Ledger
  readonly sessionIds: Set<string>
}

/** What is known of a call by session and id, to be added to; `undefined` if no transcript holds it. */
export type Inquiry = (session: string, callId: string) => Testimony | undefined

/** What was said beside the transcripts, by hooks and by telemetry, and to which calls it belongs. */
export class Witnesses {
  readonly #hooks = new HookLog()
  readonly #telemetry = new TelemetryLog()
  #heard = false

  /** Hears one line of any file; `undefined` if it is no witness's. */
  hear(json: Json, listening: Listening): { readonly kind: 'hooks' | 'events'; readonly fate: LineFate } | undefined {
    if (json.hook_event_name !== undefined && asString(json.hook_event_name)) {
      this.#heard = true
      return { kind: 'hooks', fate: this.#hooks.add(json, listening) }
    }
    const records = readTelemetry(json)
    if (!records) return undefined
    this.#heard = true
    return { kind: 'events', fate: this.#telemetry.add(records, listening) }
  }

  /** Tells the turns what was heard about their calls. Once, before their runs are made. */
  testify(turns: readonly Turn[]): void {
    const known = new Map<string, { readonly call: CallDraft; readonly turn: Turn; said: Testimony | undefined }>()
    for (const turn of turns) {
      for (const call of turn.calls) {
        if (call.callId === undefined || (!this.#heard && call.rulings.length === 0)) continue
        const said = call.rulings.length > 0 ? noTestimony() : undefined
        said?.rulings.push(...call.rulings)
        known.set(JSON.stringify([turn.sessionId ?? '', call.callId]), { call, turn, said })
      }
    }
    const about: Inquiry = (session, callId) => {
      const found = known.get(JSON.stringify([session, callId]))
      if (found) found.said ??= noTestimony()
      return found?.said
    }
    this.#hooks.testify(about)
    this.#telemetry.testify(turns, about)
    for (const { call, turn, said } of known.values()) if (said) settlePermission(turn, call, said)
  }
}
