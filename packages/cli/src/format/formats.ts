import type { CreateReporter, Reporter, ReporterOptions } from './reporter.ts'

const loaders = {
  pretty: async (): Promise<CreateReporter> => (await import('./pretty.ts')).createPrettyReporter,
  line: async (): Promise<CreateReporter> => (await import('./line.ts')).createLineReporter,
  json: async (): Promise<CreateReporter> => (await import('./json.ts')).createJsonReporter,
  ndjson: async (): Promise<CreateReporter> => (await import('./ndjson.ts')).createNdjsonReporter,
  junit: async (): Promise<CreateReporter> => (await import('./junit.ts')).createJunitReporter,
  sarif: async (): Promise<CreateReporter> => (await import('./sarif.ts')).createSarifReporter,
  github: async (): Promise<CreateReporter> => (await import('./github.ts')).createGithubReporter,
  markdown: async (): Promise<CreateReporter> => (await import('./markdown.ts')).createMarkdownReporter,
}

/** Name of an output format. */
export type FormatName = keyof typeof loaders

/** All of them, the ones for people first. */
export const formatNames: readonly FormatName[] = Object.keys(loaders) as FormatName[]

const byEnding: readonly (readonly [RegExp, FormatName])[] = [
  [/\.sarif(\.json)?$/i, 'sarif'],
  [/\.xml$/i, 'junit'],
  [/\.(md|markdown)$/i, 'markdown'],
  [/\.(ndjson|jsonl)$/i, 'ndjson'],
  [/\.json$/i, 'json'],
]

/** The format that the name of an output file asks for, if it does. */
export function formatForFile(file: string | undefined): FormatName | undefined {
  return byEnding.find(([ending]) => ending.test(file ?? ''))?.[1]
}

/** The reporter of a format. Only that one is loaded. */
export async function loadReporter(format: FormatName, options: ReporterOptions): Promise<Reporter> {
  return (await loaders[format]())(options)
}
