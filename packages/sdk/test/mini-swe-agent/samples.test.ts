import { miniSweAgentAdapter } from '../../src/adapters/mini-swe-agent/index.ts'
import { checksSamples } from '../samples/check-samples.ts'

checksSamples(miniSweAgentAdapter, 'swe_agent_count.py', [['mini-swe-agent/local.traj.json']])
