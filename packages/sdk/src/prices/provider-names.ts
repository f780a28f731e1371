/** Platforms that resell the models of others: named by a part of what sources call them. First match counts. */
const platforms: readonly (readonly [pattern: RegExp, provider: string])[] = [
  [/copilot/, 'github-copilot'],
  [/bedrock|^aws\b|^amazon\b/, 'aws'],
  [/azure/, 'azure'],
  [/vertex|gemini|^google\b|^gcp\b/, 'google'],
]

/** Other names of providers, in lower case with `-` for `_` and blanks, up to the first dot. */
const aliases: Readonly<Record<string, string>> = {
  'mistral-ai': 'mistral',
  mistralai: 'mistral',
  moonshot: 'moonshotai',
  'moonshot-ai': 'moonshotai',
  'perplexity-ai': 'perplexity',
  'together-ai': 'together',
  togetherai: 'together',
  'fireworks-ai': 'fireworks',
  'deepseek-ai': 'deepseek',
  'workers-ai': 'cloudflare',
  xai: 'x-ai',
  'z-ai': 'zai',
}

/**
 * The provider as the price list names it, for what OpenTelemetry, the AI SDK and others call it: `aws.bedrock`,
 * `openai.responses`, `x_ai`. A name that is none of these is passed on as it is: `openai-compatible` is not `openai`.
 */
export const providerNamed = (name: string): string => {
  const plain = name.trim().toLowerCase().replace(/[_ ]/g, '-')
  const platform = platforms.find(([pattern]) => pattern.test(plain))
  if (platform !== undefined) return platform[1]
  const first = plain.split('.', 1)[0] ?? plain
  return Object.hasOwn(aliases, first) ? (aliases[first] ?? first) : first
}

/** Models whose name says who sells them. Open weights are not among them: anybody may serve those, at any price. */
const makers: readonly (readonly [pattern: RegExp, provider: string])[] = [
  [/^([a-z]+\.)?anthropic\.claude-/, 'aws'],
  [/^claude-[^@/]*$/, 'anthropic'],
  [/^claude-[^/]*@/, 'google'],
  [/^(gpt-(?!oss)|chatgpt-|o[134](-|$))[^/]*$/, 'openai'],
  [/^(models\/)?gemini-[^/]*$/, 'google'],
  [/^grok-[^/]*$/, 'x-ai'],
  [/^deepseek-(chat|reasoner)$/, 'deepseek'],
]

/** The provider of a model that only its maker sells under that name; `undefined` where others may do so. */
export const makerOf = (model: string): string | undefined => {
  const name = model.trim().toLowerCase()
  return makers.find(([pattern]) => pattern.test(name))?.[1]
}
