import { readError } from '../recorder/errors-of-calls.ts'
import type { OpenStep, Recorder } from '../recorder/index.ts'
import type { StepMembers } from '../recorder/run-start.ts'
import { type RunSource, runOf } from './current-run.ts'
import { answerMembers, endQuietly, partMembers } from './model-answer.ts'
import { observed } from './model-api/observed-response.ts'
import { type AnswerReader, answerReader } from './model-api/read-answer.ts'
import { bodyKind, readBody } from './model-api/read-body.ts'
import { attemptOf, noteOutcome } from './model-api/retries.ts'
import { type SentRequest, sentRequest } from './model-api/sent-request.ts'
import { offeredTools } from './offered-tools.ts'
import { lastWords } from './request-preview.ts'
import { noteAskedFor } from './tool-links.ts'

type Fetch = (input: unknown, init?: unknown) => Promise<unknown>

/**
 * A `fetch` for the clients of models: `new OpenAI({ fetch: wrapFetch(run) })`. Requests to the interfaces of Anthropic,
 * OpenAI and those who imitate them, Gemini, Bedrock (Converse) and Ollama are recorded as model calls: model, usage, why
 * it stopped, first token, errors, attempts, the beginnings of question and answer, names and digest of the tools offered.
 * Neither headers nor addresses are. Everything else goes through untouched.
 *
 * The client gets the bytes as they come and when it asks for them. A stream is recorded when it has been read to its end,
 * or when the client stops.
 *
 * @param source the run, or how to find it when a request is sent: `currentRun`. Without one nothing is recorded.
 * @param fetch sends the requests; that of the platform at the time of the request by default
 */
export function wrapFetch<F extends (...parameters: never[]) => Promise<unknown> = typeof globalThis.fetch>(
  source: RunSource,
  fetch?: F,
): F {
  const send: Fetch = (...parameters) =>
    Reflect.apply((fetch ?? globalThis.fetch) as unknown as Fetch, globalThis, parameters)
  const recorded: Fetch = async (...parameters) => {
    const run = runOf(source)
    const call = run && (await sentRequest(...parameters))
    return run === undefined || call === undefined ? send(...parameters) : record(run, call, () => send(...parameters))
  }
  return recorded as unknown as F
}

async function record(run: Recorder, call: SentRequest, send: () => Promise<unknown>): Promise<unknown> {
  const { request, sent, retries } = call
  const { api, host, model, provider } = request
  const attempt = attemptOf(run, sent, retries)
  const step = run.startStep('model_call', {
    role: 'assistant',
    ...attempt,
    ...(model === undefined ? {} : { model }),
    input: lastWords(request.input),
    metadata: { api, host, ...(provider === undefined ? {} : { provider }), ...offeredTools(run, request.tools) },
  })
  const end = (members: StepMembers, isFailure: boolean): void => {
    noteOutcome(run, sent, isFailure ? { step: step.id, attempt: attempt.attempt ?? 1 } : undefined)
    void endQuietly(step, members)
  }
  let response: unknown
  try {
    response = await send()
  } catch (error) {
    const failure = readError(causeOf(error), 'network')
    end(failure, failure.status !== 'cancelled')
    throw error
  }
  if (!(response instanceof Response)) {
    end({ status: 'unknown' }, false)
    return response
  }
  if (!response.ok) {
    // What the provider says may quote the request; the status is enough to know what went wrong.
    end(readError({ status: response.status, message: `HTTP ${response.status}` }, 'provider_error'), true)
    return response
  }
  return withAnswer(run, { request, step, end }, response)
}

/** A call whose answer is on its way. */
interface Answering extends Pick<SentRequest, 'request'> {
  readonly step: OpenStep
  end(members: StepMembers, isFailure: boolean): void
}

function withAnswer(run: Recorder, { request, step, end }: Answering, response: Response): Response {
  const answer = answerReader(request.api, request.provider)
  const kind = bodyKind(response.headers.get('content-type'))
  if (kind === undefined) {
    end({}, false)
    return response
  }
  let hasBegun = false
  const body = readBody(kind, (object) => {
    answer.add(object)
    if (!hasBegun && answer.hasBegun && kind !== 'json') {
      hasBegun = true
      step.firstToken()
    }
  })
  const linked = (): void => noteAskedFor(run, step.id, answer.callIds)
  const same = observed(response, {
    chunk: body.add,
    end() {
      body.end()
      linked()
      end(endOf(answer), answer.failure !== undefined)
    },
    fail(error) {
      const failure = readError(causeOf(error), 'network')
      end({ ...partMembers(answer.answer()), ...failure }, failure.status !== 'cancelled')
    },
    cancel() {
      linked()
      end({ ...partMembers(answer.answer()), status: 'cancelled', error_type: 'cancelled' }, false)
    },
  })
  if (same === undefined) end({}, false)
  return same ?? response
}

const endOf = (answer: AnswerReader): StepMembers =>
  answer.failure === undefined
    ? answerMembers(answer.answer())
    : { ...partMembers(answer.answer()), status: 'failed', error: answer.failure, error_type: 'provider_error' }

/** `fetch failed` says less than what is behind it. */
const causeOf = (error: unknown): unknown => {
  const { name, cause } = (typeof error === 'object' && error !== null ? error : {}) as {
    name?: unknown
    cause?: unknown
  }
  return name === 'TypeError' && typeof cause === 'object' && cause !== null ? cause : error
}
