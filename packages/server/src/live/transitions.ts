import type { AgentRun } from '@agent-run/types'

type Status = AgentRun['status']

const ends: readonly Status[] = ['completed', 'failed', 'cancelled', 'timeout', 'interrupted', 'unknown']

/** What a status may become by PATCH (AR-HTTP-053). Each may also stay what it is. */
export const transitions: Readonly<Record<Status, readonly Status[]>> = {
  pending: ['running', ...ends],
  running: ['paused', ...ends],
  paused: ['running', ...ends],
  completed: [],
  failed: [],
  cancelled: [],
  timeout: [],
  interrupted: [],
  unknown: [],
}

/** Whether a status may become another one. */
export const mayBecome = (from: Status, to: Status): boolean => from === to || transitions[from].includes(to)
