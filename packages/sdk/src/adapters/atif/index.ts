import type { Adapter } from '../../conversion/adapter.ts'
import { about } from './about.ts'
import { convertAtif } from './convert.ts'
import { keysOf, recognises } from './recognise.ts'

export { convertAtif } from './convert.ts'

/** Converts trajectories in the Agent Trajectory Interchange Format. */
export const atifAdapter: Adapter = { ...about, recognises, groupKeys: keysOf, convert: convertAtif }
