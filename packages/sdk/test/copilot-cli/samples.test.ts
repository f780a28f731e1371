import { copilotCliAdapter } from '../../src/adapters/copilot-cli/index.ts'
import { checksSamples } from '../samples/check-samples.ts'

checksSamples(copilotCliAdapter, 'copilot_cli_count.py', [['copilot-cli/small.jsonl']])
