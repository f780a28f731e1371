import { readError } from '../recorder/errors-of-calls.ts'
import { type ModelAnswer, type OpenStep, type Recorder, readAnswer } from '../recorder/index.ts'
import { type RunSource, runOf } from './current-run.ts'
import { follow } from './follow.ts'
import { answerMembers, endQuietly, partMembers } from './model-answer.ts'
import { offeredTools } from './offered-tools.ts'
import { decideApproval } from './pending-calls.ts'
import { collectPieces } from './pieces.ts'
import { asList, asObject, asText, type Json } from './read-json.ts'
import { lastWords } from './request-preview.ts'
import { noteAskedFor } from './tool-links.ts'

/** A model of the AI SDK, as far as a middleware sees it. */
interface Model {
  readonly provider: string
  readonly modelId: string
}

/** What a request of the AI SDK to a model consists of. */
interface Request {
  readonly prompt: unknown
  readonly tools?: unknown
}

/** A middleware of `wrapLanguageModel` of the AI SDK 6. */
export interface ModelMiddleware {
  readonly specificationVersion: 'v3'
  wrapGenerate<T>(call: { doGenerate(): PromiseLike<T>; readonly params: Request; readonly model: Model }): Promise<T>
  wrapStream<T>(call: { doStream(): PromiseLike<T>; readonly params: Request; readonly model: Model }): Promise<T>
}

/**
 * Records the requests of a model of the AI SDK: `wrapLanguageModel({ model, middleware: aiSdkMiddleware(run) })`. A call
 * that the request says was denied is recorded as that, with the reason.
 */
export function aiSdkMiddleware(source: RunSource): ModelMiddleware {
  return {
    specificationVersion: 'v3',
    async wrapGenerate({ doGenerate, params, model }) {
      const run = runOf(source)
      if (run === undefined) return doGenerate()
      const step = begin(run, params, model)
      const result = await attempt(step, doGenerate)
      await endQuietly(step, answered(run, step, asObject(result)))
      return result
    },
    async wrapStream({ doStream, params, model }) {
      const run = runOf(source)
      if (run === undefined) return doStream()
      const step = begin(run, params, model)
      const result = await attempt(step, doStream)
      const { stream } = result as { readonly stream: unknown }
      if (typeof stream !== 'object' || stream === null) return result
      return { ...result, stream: followParts(run, step, stream) }
    },
  }
}

const begin = (run: Recorder, { prompt, tools }: Request, { provider, modelId }: Model): OpenStep => {
  recordDenials(run, prompt)
  return run.startStep('model_call', {
    role: 'assistant',
    model: modelId,
    input: lastWords(prompt),
    metadata: { provider, ...offeredTools(run, tools) },
  })
}

/** Calls that somebody refused: the SDK tells the model so. */
const recordDenials = (run: Recorder, prompt: unknown): void => {
  const last = asObject(asList(prompt).at(-1))
  for (const part of asList(last?.content).map(asObject)) {
    const output = asObject(part?.output)
    const id = asText(part?.toolCallId)
    const reason = asText(output?.reason)
    if (id !== undefined && output?.type === 'execution-denied')
      decideApproval(run, id, {
        decision: 'denied',
        actor: { kind: 'unknown' },
        ...(reason === undefined ? {} : { reason }),
      })
  }
}

const attempt = async <T>(step: OpenStep, send: () => PromiseLike<T>): Promise<T> => {
  try {
    return await send()
  } catch (error) {
    await endQuietly(step, readError(error, 'provider_error'))
    throw error
  }
}

/** `finishReason` is an object since the AI SDK 6: what it means, and what the provider said. */
const withReason = (result: Json): Json => {
  const reason = asObject(result.finishReason)
  return reason === undefined ? result : { ...result, finishReason: asText(reason.raw) ?? asText(reason.unified) }
}

const answered = (run: Recorder, step: OpenStep, result: Json | undefined) => {
  if (result === undefined) return {}
  noteAskedFor(run, step.id, asList(result.content).flatMap(callIdOf))
  return answerMembers(readAnswer(withReason(result)))
}

const callIdOf = (part: unknown): readonly string[] => {
  const { type, toolCallId } = asObject(part) ?? {}
  return type === 'tool-call' && typeof toolCallId === 'string' ? [toolCallId] : []
}

/** Records what comes through a stream of parts. */
function followParts(run: Recorder, step: OpenStep, stream: object): object {
  const pieces = collectPieces()
  let isFirst = true
  let said: Json = {}
  let failure: unknown
  const answer = (): ModelAnswer => {
    const output = pieces.whole
    return { ...readAnswer(withReason(said)), ...(output === undefined ? {} : { output }) }
  }
  const failed = (error: unknown): Promise<void> =>
    endQuietly(step, { ...partMembers(answer()), ...readError(error, 'provider_error') })
  return follow(stream, {
    chunk(value) {
      const part = asObject(value) ?? {}
      const type = asText(part.type) ?? ''
      if (isFirst && /-delta$|^tool-call$/.test(type)) {
        isFirst = false
        step.firstToken()
      }
      if (type === 'text-delta') pieces.add(part.delta)
      if (type === 'response-metadata') said = { ...said, response: { id: part.id, modelId: part.modelId } }
      if (type === 'finish') said = { ...said, usage: part.usage, finishReason: part.finishReason }
      if (type === 'error') failure = part.error
      noteAskedFor(run, step.id, callIdOf(part))
    },
    end: () => (failure === undefined ? endQuietly(step, answerMembers(answer())) : failed(failure)),
    fail: failed,
    cancel: () => endQuietly(step, { ...partMembers(answer()), status: 'cancelled', error_type: 'cancelled' }),
  })
}
