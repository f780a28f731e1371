import type { Cost } from '@agent-run/types'
import { type ModelAnswer, readAnswer } from '../../recorder/index.ts'
import { collectPieces } from '../pieces.ts'
import { asList, asObject, asText, type Json } from '../read-json.ts'
import type { Api } from './recognise.ts'

/** An answer as far as it has come. */
export interface AnswerReader {
  /** An object of the answer: the whole, or one event of its stream. */
  add(object: Json): void
  /** Whether the model has begun to answer. */
  readonly hasBegun: boolean
  /** Ids of the tool calls that it asks for. */
  readonly callIds: readonly string[]
  /** What the provider says went wrong, after it had begun well: the kind of error, in its words. */
  readonly failure: string | undefined
  answer(): ModelAnswer
}

/** What is gathered from the events of a stream: an object like the answer that is not streamed, and what goes beside it. */
interface Gathered {
  whole: Json
  readonly callIds: string[]
  text(piece: unknown): void
  begin(): void
  fail(error: unknown): void
}

/** Puts the objects of an answer together. */
export function answerReader(api: Api, provider: string | undefined): AnswerReader {
  const pieces = collectPieces()
  let hasBegun = false
  let failure: string | undefined
  const gathered: Gathered = {
    whole: {},
    callIds: [],
    text: (piece) => typeof piece === 'string' && piece !== '' && pieces.add(piece),
    begin: () => {
      hasBegun = true
    },
    fail(error) {
      const given = asObject(error)
      failure = asText(given?.code) ?? asText(given?.status) ?? asText(given?.type) ?? 'error'
    },
  }
  return {
    add: (object) => readers[api](object, gathered),
    get hasBegun() {
      return hasBegun
    },
    callIds: gathered.callIds,
    get failure() {
      return failure
    },
    answer() {
      const answer = readAnswer(gathered.whole)
      const cost = withCharge(answer.cost, gathered.whole, provider)
      const output = pieces.whole ?? answer.output
      return {
        ...answer,
        ...(cost === undefined ? {} : { cost }),
        ...(output === undefined ? {} : { output }),
      }
    },
  }
}

/** OpenRouter says what it charges, in dollars. */
const withCharge = (cost: Cost | undefined, whole: Json, provider: string | undefined): Cost | undefined => {
  const charge = asObject(whole.usage)?.cost
  if (cost === undefined || provider !== 'openrouter' || typeof charge !== 'number' || !(charge >= 0)) return cost
  return { ...cost, cost_usd: charge, price_basis: 'reported' }
}

const anthropic = (object: Json, gathered: Gathered): void => {
  const { type, message, delta, usage, content_block: block, error } = object
  const change = asObject(delta)
  if (type === 'message') {
    whole(object, gathered)
    return
  }
  if (type === 'error') {
    gathered.fail(error)
    return
  }
  if (type === 'message_start') gathered.whole = asObject(message) ?? {}
  if (type === 'content_block_start' || type === 'content_block_delta') {
    gathered.begin()
    gathered.text(change?.text)
    const { type: kind, id } = asObject(block) ?? {}
    if (kind === 'tool_use' && typeof id === 'string') gathered.callIds.push(id)
  }
  if (type === 'message_delta')
    gathered.whole = {
      ...gathered.whole,
      ...(change?.stop_reason === undefined ? {} : { stop_reason: change.stop_reason }),
      usage: { ...asObject(gathered.whole.usage), ...known(usage) },
    }
}

const chat = (object: Json, gathered: Gathered): void => {
  if (object.error !== undefined && object.error !== null) {
    gathered.fail(object.error)
    return
  }
  const choice = asObject(asList(object.choices)[0])
  const delta = asObject(choice?.delta)
  if (delta === undefined && asObject(choice?.message) !== undefined) {
    whole(object, gathered)
    return
  }
  const said = delta?.content ?? choice?.text
  const calls = asList(delta?.tool_calls).map(asObject)
  if ((typeof said === 'string' && said !== '') || calls.length > 0 || asText(delta?.reasoning_content))
    gathered.begin()
  gathered.text(said)
  for (const call of calls) if (typeof call?.id === 'string' && call.id !== '') gathered.callIds.push(call.id)
  const before = asObject(asList(gathered.whole.choices)[0])
  const reason = asText(choice?.finish_reason) ?? before?.finish_reason
  gathered.whole = { ...gathered.whole, ...known(object), choices: [{ finish_reason: reason }] }
}

const responses = (object: Json, gathered: Gathered): void => {
  const type = asText(object.type) ?? ''
  if (type === 'error') {
    gathered.fail(object.error ?? object)
    return
  }
  if (type.endsWith('.delta')) gathered.begin()
  if (type === 'response.output_text.delta') gathered.text(object.delta)
  const isWhole = object.object === 'response'
  const response = isWhole ? object : asObject(object.response)
  if (response === undefined) return
  gathered.whole = response
  if (!isWhole && !/^response\.(completed|incomplete|failed)$/.test(type)) return
  for (const item of asList(response.output).map(asObject)) {
    if (typeof item?.call_id === 'string') gathered.callIds.push(item.call_id)
    if (isWhole) for (const part of asList(item?.content).map(asObject)) gathered.text(part?.text)
  }
  if (response.status === 'failed') gathered.fail(response.error)
}

const gemini = (object: Json, gathered: Gathered): void => {
  if (object.error !== undefined) {
    gathered.fail(object.error)
    return
  }
  const parts = asList(asObject(asObject(asList(object.candidates)[0])?.content)?.parts).map(asObject)
  if (parts.length > 0) gathered.begin()
  for (const part of parts) {
    if (part?.thought !== true) gathered.text(part?.text)
    const id = asObject(part?.functionCall)?.id
    if (typeof id === 'string') gathered.callIds.push(id)
  }
  gathered.whole = { ...gathered.whole, ...known(object) }
}

const ollama = (object: Json, gathered: Gathered): void => {
  if (object.error !== undefined) {
    gathered.fail(object)
    return
  }
  const message = asObject(object.message)
  const said = message?.content ?? object.response
  if ((typeof said === 'string' && said !== '') || asList(message?.tool_calls).length > 0) gathered.begin()
  gathered.text(said)
  // What is left says what the whole answer used; its text is gathered already.
  const { message: _, response: __, ...others } = object
  gathered.whole = { ...gathered.whole, ...known(others) }
}

const converse = (object: Json, gathered: Gathered): void => whole(object, gathered)

/** An answer that is not streamed. */
const whole = (object: Json, gathered: Gathered): void => {
  gathered.whole = object
  const message = asObject(asObject(asList(object.choices)[0])?.message)
  const blocks = asList(object.content ?? asObject(asObject(object.output)?.message)?.content).map(asObject)
  for (const { id } of asList(message?.tool_calls).map((call) => asObject(call) ?? {}))
    if (typeof id === 'string') gathered.callIds.push(id)
  for (const block of blocks) {
    const id = block?.type === 'tool_use' ? block.id : asObject(block?.toolUse)?.toolUseId
    if (typeof id === 'string') gathered.callIds.push(id)
  }
}

/** The members that say something: a later event says nothing of what an earlier one knew. */
const known = (object: unknown): Json =>
  Object.fromEntries(
    Object.entries(asObject(object) ?? {}).filter(([, value]) => value !== null && value !== undefined),
  )

const readers: Readonly<Record<Api, (object: Json, gathered: Gathered) => void>> = {
  'anthropic.messages': anthropic,
  'openai.chat': chat,
  'openai.completions': chat,
  'openai.responses': responses,
  gemini,
  'bedrock.converse': converse,
  ollama,
}
