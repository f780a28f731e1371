export type { SdkSpan, SdkSpanContext } from './sdk-span.ts'
export { type AgentRunSpanProcessor, createSpanProcessor, type SpanProcessorOptions } from './span-processor.ts'
