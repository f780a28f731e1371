import { asList, asObject, asText, type Json } from '../read-json.ts'
import { providerAt } from './provider-hosts.ts'

/** The interfaces of models that are known. */
export type Api =
  | 'anthropic.messages'
  | 'openai.chat'
  | 'openai.completions'
  | 'openai.responses'
  | 'gemini'
  | 'bedrock.converse'
  | 'ollama'

/** A request to a model, as far as it is recorded. */
export interface ModelRequest {
  readonly api: Api
  readonly model?: string
  /** What the model was asked, whole. */
  readonly input: unknown
  readonly tools: unknown
  readonly provider?: string
  /** Name of the host that was asked; never the whole address, which can hold a key. */
  readonly host: string
}

/** An interface: the end of its path, and what a body must have to be one of its requests. */
interface Shape {
  readonly api: Api
  readonly path: RegExp
  readonly input: (body: Json) => unknown
  readonly model?: (body: Json, path: RegExpExecArray) => unknown
  readonly tools?: (body: Json) => unknown
}

const inPath = (_: Json, path: RegExpExecArray): unknown => path.groups?.model
const listOf =
  (name: string) =>
  (body: Json): unknown =>
    Array.isArray(body[name]) ? body[name] : undefined

const shapes: readonly Shape[] = [
  { api: 'anthropic.messages', path: /\/messages$/, input: listOf('messages') },
  // The same at Vertex AI and Bedrock, where the model stands in the path.
  {
    api: 'anthropic.messages',
    path: /\/publishers\/anthropic\/models\/(?<model>[^/:]+):(?:rawPredict|streamRawPredict)$/,
    input: listOf('messages'),
    model: inPath,
  },
  { api: 'anthropic.messages', path: /\/model\/(?<model>[^/]+)\/invoke$/, input: listOf('messages'), model: inPath },
  {
    api: 'openai.chat',
    path: /(?:\/deployments\/(?<model>[^/]+))?\/chat\/completions$/,
    input: listOf('messages'),
    model: (body, path) => body.model ?? path.groups?.model,
  },
  { api: 'openai.completions', path: /\/completions$/, input: ({ prompt }) => prompt },
  { api: 'openai.responses', path: /\/responses$/, input: ({ input, prompt }) => input ?? prompt },
  {
    api: 'gemini',
    path: /\/models\/(?<model>[^/:]+):(?:generateContent|streamGenerateContent)$/,
    input: listOf('contents'),
    model: inPath,
  },
  {
    api: 'bedrock.converse',
    path: /\/model\/(?<model>[^/]+)\/converse$/,
    input: listOf('messages'),
    model: inPath,
    tools: ({ toolConfig }) => asObject(toolConfig)?.tools,
  },
  { api: 'ollama', path: /\/api\/chat$/, input: listOf('messages') },
  { api: 'ollama', path: /\/api\/generate$/, input: ({ prompt }) => prompt },
]

/** Where a request goes, as far as it may be recorded. */
export interface Address {
  readonly hostname: string
  readonly pathname: string
}

/** Whether the path is that of a model's interface: only then is the body looked at. */
export const isModelPath = ({ pathname }: Address): boolean => shapes.some(({ path }) => path.test(pathname))

/** The request to a model that this is; `undefined` for every other request. */
export function recognise({ hostname, pathname }: Address, body: unknown): ModelRequest | undefined {
  const given = asObject(body)
  if (given === undefined) return undefined
  for (const { api, path, input: read, model: modelOf, tools } of shapes) {
    const found = path.exec(pathname)
    const input = found === null ? undefined : read(given)
    if (found === null || input === undefined || input === null) continue
    const model = asText(modelOf === undefined ? given.model : modelOf(given, found))
    const provider = providerAt(hostname)
    return {
      api,
      input,
      tools: asList(tools === undefined ? given.tools : tools(given)),
      host: hostname,
      ...(model === undefined ? {} : { model: decoded(model) }),
      ...(provider === undefined ? {} : { provider }),
    }
  }
  return undefined
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
