import type { ConvertOptions, SourceFile } from '../../conversion/adapter.ts'
import { convertEach } from '../../conversion/convert-each.ts'
import { asString } from '../../conversion/json.ts'
import { boundsOf, readObjects } from '../../conversion/read-input.ts'
import type { Conversion } from '../../conversion/report.ts'
import { createPreviewer } from '../../preview/index.ts'
import { about } from './about.ts'
import { readRoot } from './read-scope.ts'
import { closeScope, nest, openScope, phaseOf, type Scope } from './scopes.ts'

/**
 * Converts ATOF event streams: one run for each scope at the top of a stream, with everything inside.
 *
 * Pure and deterministic; it never throws for content. spec/adapters/atof.md says what becomes what.
 *
 * @throws RangeError if an option is out of its range
 */
export async function convertAtof(
  files: Iterable<SourceFile> | AsyncIterable<SourceFile>,
  options: ConvertOptions = {},
): Promise<Conversion> {
  const bounds = boundsOf(options)
  const previewer = createPreviewer(options.redact ?? true)
  return convertEach(files, { about, expected: 'events of kind scope or mark with a uuid' }, async (file) => {
    const scopes = new Map<string, Scope>()
    let version: string | undefined
    const read = await readObjects(file, bounds, (json, line) => {
      const phase = phaseOf(json)
      if (phase === undefined)
        return json.kind === 'StreamHeaderEvent'
          ? { skipped: 'header of the stream' }
          : { skipped: 'no event of a scope' }
      version ??= asString(json.atof_version) ?? asString(json.schema_version)
      const id = asString(json.uuid)
      const known = id === undefined ? undefined : scopes.get(id)
      if (phase === 'end') {
        if (!known) return { skipped: 'end of a scope that was not opened' }
        if (known.end) return { skipped: 'copy of an event' }
        closeScope(known, json, line)
        return 'mapped'
      }
      if (known) return { skipped: 'copy of an event' }
      const scope = openScope(json, line)
      if (!scope) return { malformed: 'event without a uuid' }
      scopes.set(scope.id, scope)
      return 'mapped'
    })
    const roots = nest([...scopes.values()])
    const converted = roots.map((root) =>
      readRoot(root, { previewer, version, digest: read.digest, prices: options.prices }),
    )
    return {
      read,
      role: roots.length > 0 ? 'events' : undefined,
      runs: converted.map(({ run }) => run).filter((run) => run.steps.length > 0 || run.policy_decisions !== undefined),
      contradictions: converted.reduce((sum, { contradictions }) => sum + contradictions, 0),
    }
  })
}
