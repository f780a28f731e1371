import type { Adapter } from '../../conversion/adapter.ts'
import { about } from './about.ts'
import { convertClaudeCode } from './convert.ts'
import { groupKeys, recognises } from './recognise.ts'

/** Claude Code transcripts, with what hooks and telemetry say beside them. */
export const claudeCodeAdapter: Adapter = { ...about, recognises, groupKeys, convert: convertClaudeCode }
