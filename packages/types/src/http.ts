/** Types of the HTTP protocol, by path and by operation: what openapi-typescript makes of schemas/openapi.yaml. */
export type * from './generated/http.ts'
