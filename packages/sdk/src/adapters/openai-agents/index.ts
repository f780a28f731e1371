export { convertOpenaiAgents, openaiAgentsAdapter } from './convert.ts'
