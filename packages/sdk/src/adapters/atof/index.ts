import type { Adapter } from '../../conversion/adapter.ts'
import { asString } from '../../conversion/json.ts'
import { about } from './about.ts'
import { convertAtof } from './convert.ts'
import { phaseOf } from './scopes.ts'

export { convertAtof } from './convert.ts'

/** Converts ATOF event streams. */
export const atofAdapter: Adapter = {
  ...about,
  recognises: ({ objects }) =>
    objects.some(
      (json) =>
        phaseOf(json) !== undefined &&
        typeof json.uuid === 'string' &&
        (asString(json.atof_version) !== undefined || asString(json.schema_version) !== undefined),
    ),
  convert: convertAtof,
}
