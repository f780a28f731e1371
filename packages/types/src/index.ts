export type * from './generated/types.ts'
export type * from './vocabularies.ts'
