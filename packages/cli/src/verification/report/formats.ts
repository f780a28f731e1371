import { styleOf } from '@agent-run/core/text'
import type { FormatName } from '../../format/formats.ts'
import type { Appearance } from '../settings.ts'
import type { CreateVerifyFormat, VerifyFormat } from './format.ts'

const loaders: Readonly<Record<FormatName, () => Promise<CreateVerifyFormat>>> = {
  pretty: async () => (await import('./pretty.ts')).createPrettyFormat,
  line: async () => (await import('./line.ts')).createLineFormat,
  json: async () => (await import('./json.ts')).createJsonFormat,
  ndjson: async () => (await import('./json.ts')).createNdjsonFormat,
  junit: async () => (await import('./junit.ts')).createJunitFormat,
  sarif: async () => (await import('./sarif.ts')).createSarifFormat,
  github: async () => (await import('./github.ts')).createGithubFormat,
  markdown: async () => (await import('./markdown.ts')).createMarkdownFormat,
}

/** The format that is asked for. Only that one is loaded. */
export async function loadVerifyFormat(appearance: Appearance): Promise<VerifyFormat> {
  return (await loaders[appearance.format]())(appearance, styleOf(appearance.colour))
}
