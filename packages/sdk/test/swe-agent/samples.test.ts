import { sweAgentAdapter } from '../../src/adapters/swe-agent/index.ts'
import { checksSamples } from '../samples/check-samples.ts'

checksSamples(sweAgentAdapter, 'swe_agent_count.py', [['swe-agent/function_calling_simple.traj']])
