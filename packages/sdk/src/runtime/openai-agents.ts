import { readError } from '../recorder/errors-of-calls.ts'
import {
  type Answer,
  CallRefused,
  type LiveStep,
  type ModelAnswer,
  type OpenStep,
  type Recorder,
  readAnswer,
} from '../recorder/index.ts'
import { type RunSource, runOf } from './current-run.ts'
import { follow, standIn } from './follow.ts'
import { answerMembers, endQuietly, partMembers } from './model-answer.ts'
import { offeredTools } from './offered-tools.ts'
import { decideApproval, requestApproval } from './pending-calls.ts'
import { asList, asObject, asText, type Json, parseJson } from './read-json.ts'
import { lastWords } from './request-preview.ts'
import { linksOfCall, noteAskedFor } from './tool-links.ts'
import { recordCall, type ToolAbout } from './wrap-tool.ts'

/** A model of the OpenAI Agents SDK, as far as it is recorded. */
interface Model<R> {
  getResponse(request: R): Promise<unknown>
  getStreamedResponse(request: R): AsyncIterable<unknown>
}

/** A call that the SDK stopped for. */
interface Interruption {
  readonly rawItem: object
}

/** The state of a run that the SDK has stopped, as far as it takes decisions. */
interface StoppedState<I> {
  approve(item: I): void
  reject(item: I, options?: { message?: string }): void
}

/** Recorded versions of the parts of the OpenAI Agents SDK. */
export interface OpenAiAgents {
  /** A model whose requests are recorded. */
  model<R extends object, M extends Model<R>>(model: M): M
  /** A provider of such models, for a `Runner`. */
  modelProvider<M extends Model<never>, P extends { getModel(name?: string): M | Promise<M> }>(provider: P): P
  /** Tools whose calls are recorded, and that they need an approval; those that run elsewhere are passed on as they are. */
  tools<T>(tools: readonly T[]): T[]
  /** Tells the SDK and the record what a person decided about a call it stopped for; nothing else tells the record who. */
  decide<I extends Interruption>(state: StoppedState<I>, item: I, answer: Answer): void
}

/** Records what the OpenAI Agents SDK does: give it the models, the tools and the decisions through this. */
export function openAiAgents(source: RunSource): OpenAiAgents {
  return {
    model: (model) => recordModel(source, model as never),
    modelProvider: (provider) =>
      replacing(provider, {
        getModel: (...names: [string?]) => {
          const model: unknown = provider.getModel(...names)
          return model instanceof Promise
            ? model.then((each) => recordModel(source, each))
            : recordModel(source, model as Model<object>, names[0])
        },
      }),
    tools: (tools) => tools.map((tool) => recordTool(source, tool)),
    decide(state, item, answer) {
      const run = runOf(source)
      const id = asText((item.rawItem as { callId?: unknown }).callId)
      if (run !== undefined && id !== undefined) decideApproval(run, id, answer)
      if (answer.decision === 'approved') state.approve(item)
      else state.reject(item, answer.reason === undefined ? {} : { message: answer.reason })
    },
  }
}

/** The same object with other methods; its private members stay its own. */
const replacing = <T extends object>(object: T, methods: Readonly<Record<string, unknown>>): T =>
  new Proxy(standIn(object), {
    get(_, name) {
      if (typeof name === 'string' && Object.hasOwn(methods, name)) return methods[name]
      const member: unknown = Reflect.get(object, name, object)
      return typeof member === 'function' ? member.bind(object) : member
    },
  })

function recordModel<M extends Model<object>>(source: RunSource, model: M, name?: string): M {
  const begin = (run: Recorder, request: Json): OpenStep =>
    run.startStep('model_call', {
      role: 'assistant',
      ...(name === undefined ? {} : { model: name }),
      input: lastWords(request.input),
      ...metadataOf(offeredTools(run, request.tools)),
    })
  return replacing(model, {
    async getResponse(request: Json) {
      const run = runOf(source)
      if (run === undefined) return model.getResponse(request)
      const step = begin(run, request)
      let response: unknown
      try {
        response = await model.getResponse(request)
      } catch (error) {
        await endQuietly(step, readError(error, 'provider_error'))
        throw error
      }
      await endQuietly(step, answerMembers(readResponse(run, step, asObject(response) ?? {})))
      return response
    },
    getStreamedResponse(request: Json) {
      const run = runOf(source)
      const events = model.getStreamedResponse(request)
      return run === undefined ? events : followEvents(run, begin(run, request), events)
    },
  })
}

const metadataOf = (metadata: Json): { readonly metadata?: Record<string, unknown> } =>
  Object.keys(metadata).length === 0 ? {} : { metadata: { ...metadata } }

function followEvents(run: Recorder, step: OpenStep, events: AsyncIterable<unknown>): AsyncIterable<unknown> {
  let isFirst = true
  let response: Json = {}
  const answer = (): ModelAnswer => readResponse(run, step, response)
  return follow(events, {
    chunk(value) {
      const event = asObject(value)
      if (isFirst && event?.type === 'output_text_delta') {
        isFirst = false
        step.firstToken()
      }
      if (event?.type === 'response_done') response = asObject(event.response) ?? {}
    },
    end: () => endQuietly(step, answerMembers(answer())),
    fail: (error) => endQuietly(step, { ...partMembers(answer()), ...readError(error, 'provider_error') }),
    // The SDK reads no further than the last event.
    cancel: () =>
      endQuietly(
        step,
        response.output === undefined ? { status: 'cancelled', error_type: 'cancelled' } : answerMembers(answer()),
      ),
  })
}

/** A response of a model: its usage counts requests and details in lists, since it may be a sum. */
function readResponse(run: Recorder, step: OpenStep, response: Json): ModelAnswer {
  const { usage, output, responseId, id, providerData } = response
  const items = asList(output).map(asObject)
  noteAskedFor(
    run,
    step.id,
    items.flatMap((item) => (item?.type === 'function_call' && typeof item.callId === 'string' ? [item.callId] : [])),
  )
  const text = items.flatMap((item) => asList(item?.content)).flatMap((part) => asText(asObject(part)?.text) ?? [])
  const known = readAnswer({ usage: withDetails(asObject(usage)) })
  const raw = asObject(providerData)
  const model = asText(raw?.model)
  return {
    ...known,
    ...(model === undefined ? {} : { model }),
    ...idMember(asText(responseId) ?? asText(id)),
    ...(text.length === 0 ? {} : { output: text.join('\n') }),
  }
}

const idMember = (id: string | undefined): Pick<ModelAnswer, 'response_id'> =>
  id === undefined ? {} : { response_id: id }

/** Its counts as the AI SDK 6 names them, which a recorder reads. */
const withDetails = (usage: Json | undefined): Json => {
  const detail = (list: unknown, name: string): number | undefined => {
    const counts = (Array.isArray(list) ? list : [list]).map((each) => asObject(each)?.[name])
    const known = counts.filter((count) => typeof count === 'number')
    return known.length === 0 ? undefined : known.reduce((sum, count) => sum + count, 0)
  }
  return {
    inputTokens: usage?.inputTokens,
    outputTokens: usage?.outputTokens,
    inputTokenDetails: { cacheReadTokens: detail(usage?.inputTokensDetails, 'cached_tokens') },
    outputTokenDetails: { reasoningTokens: detail(usage?.outputTokensDetails, 'reasoning_tokens') },
  }
}

type Method = (this: unknown, ...parameters: unknown[]) => unknown

/** A function tool: `invoke` gets context, arguments as JSON, and details with the call. */
function recordTool<T>(source: RunSource, tool: T): T {
  const given = asObject(tool)
  const { invoke, needsApproval } = given ?? {}
  const name = asText(given?.name)
  if (given === undefined || name === undefined || typeof invoke !== 'function') return tool
  const about: ToolAbout = { name, parameters: 'first', callId: (...[, id]) => id }
  const recorded = {
    ...given,
    invoke(this: unknown, ...parameters: unknown[]) {
      const run = runOf(source)
      if (run === undefined) return Reflect.apply(invoke, tool, parameters)
      const [context, input, details, ...others] = parameters
      const id = asObject(asObject(details)?.toolCall)?.callId
      const args = argumentsOf(input)
      const work = async ([allowed]: readonly unknown[], step: LiveStep): Promise<unknown> => {
        const text = allowed === args ? input : JSON.stringify(allowed)
        const result: unknown = await Reflect.apply(invoke, tool, [context, text, details, ...others])
        if (isFailure(result)) step.add({ status: 'failed', error_type: 'tool_failed', error: result })
        return result
      }
      return tellRefusal(recordCall(run, about, [args, id], { work, isGenerator: false }))
    },
    ...(typeof needsApproval === 'function'
      ? {
          async needsApproval(this: unknown, ...parameters: unknown[]) {
            const isNeeded: unknown = await Reflect.apply(needsApproval as Method, tool, parameters)
            const run = runOf(source)
            const [, args, id] = parameters
            if (run !== undefined && isNeeded === true && typeof id === 'string')
              requestApproval(run, {
                ...linksOfCall(run, name, id),
                tool_name: name,
                tool_call_id: id,
                arguments: args,
              })
            return isNeeded
          },
        }
      : {}),
  }
  return recorded as T
}

/** The SDK tells the model what a tool threw, in these words, unless the tool has an `errorFunction` of its own. */
const isFailure = (result: unknown): result is string =>
  typeof result === 'string' && /^An error occurred while running the tool\./.test(result)

/** The model hears why its call was refused, as it hears of errors; only what ends the whole run is thrown. */
const tellRefusal = async (result: unknown): Promise<unknown> => {
  try {
    return await result
  } catch (error) {
    if (error instanceof CallRefused && !error.stops_run) return error.message
    throw error
  }
}

/** The arguments that a model wrote; the text itself where it is no JSON. */
const argumentsOf = (input: unknown): unknown => (typeof input === 'string' ? (parseJson(input) ?? input) : input)
