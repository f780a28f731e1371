import { type Instant, parseInstant } from './instant.ts'
import { isObject, type JsonObject, type Place } from './object.ts'

/**
 * The objects that many rules look at, each read once: a rule finds what it asks for in a field. Asking records of many
 * shapes for members that most of them lack is slow, so the members there are are gone through, with `for in`, the
 * fastest walk there is. Paths are written only when a finding asks for one.
 */

const none: readonly never[] = []

/** What has a place in the record. */
type Placed = Pick<Place, 'path'>

/** An object in a list. */
export class ListItem implements Place {
  declare readonly value: JsonObject
  declare protected readonly owner: Placed
  declare protected readonly list: string
  declare protected readonly index: number

  constructor(value: JsonObject, owner: Placed, list: string, index: number) {
    this.value = value
    this.owner = owner
    this.list = list
    this.index = index
  }

  get path(): string {
    return `${this.owner.path}/${this.list}/${this.index}`
  }
}

/** What a cost counts, `undefined` where it is unknown: tokens, then money. */
export type Amounts = Readonly<Record<Amount, number | undefined>>

/** The members of a cost that hold tokens. */
export const TOKENS = [
  'input_tokens',
  'output_tokens',
  'cache_read_tokens',
  'cache_write_tokens',
  'cache_write_5m_tokens',
  'cache_write_1h_tokens',
  'reasoning_tokens',
  'total_tokens',
] as const

/** The members of a cost that add up. */
export const AMOUNTS: readonly Amount[] = [...TOKENS, 'cost_usd']

type Amount = (typeof TOKENS)[number] | 'cost_usd'

/** The cost of something, or an entry of its `by_model`. */
export class CostPlace implements Place {
  declare readonly value: JsonObject
  declare readonly amounts: Amounts
  readonly hasAmount: boolean = false
  readonly hasUnit: boolean = false
  /** The objects in `by_model`. */
  readonly entries: readonly CostPlace[] = none
  declare private readonly owner: Placed
  declare private readonly suffix: string

  constructor(value: JsonObject, owner: Placed, suffix: string, isEntry: boolean) {
    this.value = value
    this.owner = owner
    this.suffix = suffix
    const amounts: { -readonly [A in keyof Amounts]: Amounts[A] } = { ...UNKNOWN }
    for (const name in value) {
      const member = value[name]
      switch (name) {
        case 'input_tokens':
        case 'output_tokens':
        case 'cache_read_tokens':
        case 'cache_write_tokens':
        case 'cache_write_5m_tokens':
        case 'cache_write_1h_tokens':
        case 'reasoning_tokens':
        case 'total_tokens':
        case 'cost_usd':
          if (typeof member === 'number') amounts[name] = member
          break
        case 'amount':
          this.hasAmount = isKnown(member)
          break
        case 'unit':
          this.hasUnit = isKnown(member)
          break
        case 'by_model':
          // The costs of an entry's own by_model are nobody's: that it is there is an error.
          if (!isEntry) this.entries = entriesOf(member, this)
          break
      }
    }
    this.amounts = amounts
  }

  get path(): string {
    return `${this.owner.path}${this.suffix}`
  }
}

const UNKNOWN: Amounts = {
  input_tokens: undefined,
  output_tokens: undefined,
  cache_read_tokens: undefined,
  cache_write_tokens: undefined,
  cache_write_5m_tokens: undefined,
  cache_write_1h_tokens: undefined,
  reasoning_tokens: undefined,
  total_tokens: undefined,
  cost_usd: undefined,
}

const entriesOf = (list: unknown, place: CostPlace): readonly CostPlace[] => {
  if (!Array.isArray(list)) return none
  const entries: CostPlace[] = []
  for (let index = 0; index < list.length; index++)
    if (isObject(list[index])) entries.push(new CostPlace(list[index], place, `/by_model/${index}`, true))
  return entries
}

/** The cost that an object has, if it has one. */
export const costOf = ({ cost }: JsonObject, owner: Placed): CostPlace | undefined => placeCost(cost, owner)

const placeCost = (cost: unknown, owner: Placed): CostPlace | undefined =>
  isObject(cost) ? new CostPlace(cost, owner, '/cost', false) : undefined

/** The objects in a list; `owner` is the place of `object`. */
export const itemsOf = (object: JsonObject, list: string, owner: Placed): readonly ListItem[] =>
  placeItems(object[list], list, owner)

const placeItems = (values: unknown, list: string, owner: Placed): readonly ListItem[] => {
  if (!Array.isArray(values)) return none
  const items: ListItem[] = []
  for (let index = 0; index < values.length; index++)
    if (isObject(values[index])) items.push(new ListItem(values[index], owner, list, index))
  return items
}

/** A step. */
export class StepPlace extends ListItem {
  readonly id: string | undefined
  readonly type: string | undefined
  readonly status: string | undefined
  readonly seq: number | undefined
  readonly attempt: number | undefined
  readonly toolName: string | undefined
  readonly mcpServer: string | undefined
  readonly toolHash: string | undefined
  readonly toolCallId: string | undefined
  readonly modelCallId: string | undefined
  readonly responseId: string | undefined
  readonly parentStepId: string | undefined
  readonly retryOf: string | undefined
  readonly fallbackFrom: string | undefined
  readonly causedBy: readonly unknown[] = none
  readonly artifactIds: readonly unknown[] = none
  /** `undefined` where the time is unknown or impossible. */
  readonly startedAt: Instant | undefined
  readonly endedAt: Instant | undefined
  readonly durationMs: number | undefined
  readonly inputPreview: string | undefined
  readonly outputPreview: string | undefined
  readonly cost: CostPlace | undefined
  readonly sideEffects: readonly ListItem[] = none
  readonly approval: ApprovalOfStep | undefined
  /** Whether the step has a `private_hash` or a `salt`. */
  readonly isHashed: boolean = false

  constructor(value: JsonObject, owner: Placed, index: number) {
    super(value, owner, 'steps', index)
    for (const name in value) {
      const member = value[name]
      switch (name) {
        case 'id':
          this.id = asText(member)
          break
        case 'type':
          this.type = asText(member)
          break
        case 'status':
          this.status = asText(member)
          break
        case 'seq':
          this.seq = asNumber(member)
          break
        case 'attempt':
          this.attempt = asNumber(member)
          break
        case 'tool_name':
          this.toolName = asText(member)
          break
        case 'mcp_server':
          this.mcpServer = asText(member)
          break
        case 'tool_hash':
          this.toolHash = asText(member)
          break
        case 'tool_call_id':
          this.toolCallId = asText(member)
          break
        case 'model_call_id':
          this.modelCallId = asText(member)
          break
        case 'response_id':
          this.responseId = asText(member)
          break
        case 'parent_step_id':
          this.parentStepId = asText(member)
          break
        case 'retry_of':
          this.retryOf = asText(member)
          break
        case 'fallback_from':
          this.fallbackFrom = asText(member)
          break
        case 'caused_by':
          this.causedBy = asList(member)
          break
        case 'artifact_ids':
          this.artifactIds = asList(member)
          break
        case 'started_at':
          this.startedAt = asInstant(member)
          break
        case 'ended_at':
          this.endedAt = asInstant(member)
          break
        case 'duration_ms':
          this.durationMs = asNumber(member)
          break
        case 'input_preview':
          this.inputPreview = asText(member)
          break
        case 'output_preview':
          this.outputPreview = asText(member)
          break
        case 'cost':
          this.cost = placeCost(member, this)
          break
        case 'side_effects':
          this.sideEffects = placeItems(member, name, this)
          break
        case 'approval':
          if (isObject(member)) this.approval = new ApprovalOfStep(member)
          break
        case 'private_hash':
        case 'salt':
          if (isKnown(member)) this.isHashed = true
          break
      }
    }
  }

  /** Whether the step names others among those that may form no cycle. */
  get isLinked(): boolean {
    return (
      this.parentStepId !== undefined ||
      this.retryOf !== undefined ||
      this.fallbackFrom !== undefined ||
      this.causedBy.length > 0
    )
  }
}

/** What a step says about its approval. */
export class ApprovalOfStep {
  readonly state: string | undefined
  readonly approvalId: string | undefined
  readonly decisionId: string | undefined
  /** Whether it has an `approval_id` of any type. */
  readonly namesApproval: boolean = false
  /** Whether it names an approval, a decision or a policy. */
  readonly restsOnOne: boolean = false

  constructor(value: JsonObject) {
    for (const name in value) {
      const member = value[name]
      switch (name) {
        case 'state':
          this.state = asText(member)
          break
        case 'approval_id':
          this.approvalId = asText(member)
          this.namesApproval = isKnown(member)
          this.restsOnOne ||= isKnown(member)
          break
        case 'decision_id':
          this.decisionId = asText(member)
          this.restsOnOne ||= isKnown(member)
          break
        case 'policy_id':
          this.restsOnOne ||= isKnown(member)
          break
      }
    }
  }
}

/** A member that holds a time, if it is a possible one. */
export const instantOf = (object: JsonObject, member: string): Instant | undefined => asInstant(object[member])

const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

const asNumber = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : none)

const asInstant = (value: unknown): Instant | undefined => (typeof value === 'string' ? parseInstant(value) : undefined)

const isKnown = (value: unknown): boolean => value !== undefined && value !== null
