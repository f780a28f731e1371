import { openHandsAdapter } from '../../src/adapters/openhands/index.ts'
import { checksSamples } from '../samples/check-samples.ts'

checksSamples(openHandsAdapter, 'openhands_count.py', [['openhands/goal-events.jsonl']])
