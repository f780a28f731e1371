import { inspectAdapter } from '../../src/adapters/inspect/index.ts'
import { checksSamples } from '../samples/check-samples.ts'

checksSamples(inspectAdapter, 'inspect_count.py', [
  ['inspect-ai/2025-05-12T20-27-36-04-00_browser.json'],
  ['inspect-ai/log_formats.json'],
  ['inspect-ai/log_tool_call_error.json'],
])
