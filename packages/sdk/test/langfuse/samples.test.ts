import { langfuseAdapter } from '../../src/adapters/langfuse/index.ts'
import { checksSamples } from '../samples/check-samples.ts'

checksSamples(langfuseAdapter, 'langfuse_count.py', [
  ['langfuse/claude-agent-2025-12-22.trace.json'],
  ['langfuse/crewai-2025-07-11.trace.json'],
  ['langfuse/langgraph-python-2025-08-22.trace.json'],
  ['langfuse/openai-agents-2025-09-30.trace.json'],
])
