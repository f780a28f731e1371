import type { AgentRun } from '@agent-run/types'
import { createRecorder, type Recorder, type RecorderFault, type RecorderOptions } from '../../src/index.ts'
import { expectSound, setUp } from '../recorder/setup.ts'

/** A run in a temporary folder, and the faults it reports. */
export const begin = (options: RecorderOptions = {}): { run: Recorder; faults: RecorderFault[] } => {
  const { options: given, faults } = setUp(options)
  return { run: createRecorder({ agent_id: 'a' }, given), faults }
}

/** Ends a run, whose record has to be sound. */
export const end = async (run: Recorder): Promise<AgentRun> => {
  const record = await run.end()
  expectSound(run, record)
  return record
}
