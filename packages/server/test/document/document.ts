import { fileURLToPath } from 'node:url'
import type { LightMyRequestResponse } from 'fastify'
import { createAnswerCheck, createSchemaCheck, operationsOf, readDocument } from '../../../../scripts/openapi.mjs'

/** The root of the repository. */
export const root: string = fileURLToPath(new URL('../../../../', import.meta.url))

/** An operation as schemas/openapi.yaml describes it, references followed. */
export interface Operation {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly capability: string
  readonly scopes: readonly string[]
  readonly open: boolean
  readonly requirements: readonly string[]
  readonly parameters: readonly Parameter[]
  readonly body: { readonly content: Readonly<Record<string, Media>> } | undefined
  readonly ownProblems: Readonly<Record<string, readonly string[]>>
  readonly problems: ReadonlyMap<string, readonly string[]>
  readonly answers: ReadonlyMap<string, { readonly content?: Readonly<Record<string, Media>> }>
}

/** A parameter of a path, query or header. */
export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required?: boolean
  readonly schema: Schema
  readonly example?: unknown
}

/** What is known about a body of one media type. */
export interface Media {
  readonly schema: Schema
  readonly 'x-item'?: Schema
  readonly examples?: Readonly<Record<string, { readonly value: unknown; readonly 'x-status': number }>>
}

/** A schema of the document. */
export interface Schema {
  readonly [keyword: string]: unknown
}

/** The whole document, in one file. */
export const document: {
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
  readonly 'x-problems': Readonly<Record<string, readonly string[]>>
} = readDocument(root)

/** Every operation, in the order of the document. */
export const operations: readonly Operation[] = operationsOf(document)

/** What is wrong with a value by a schema of the document. */
export const schemaFaults: (schema: Schema, value: unknown) => string[] = createSchemaCheck(document)

const check = createAnswerCheck(document)

/** What the document does not say about an answer: its status, code, headers, media type and body. Empty if all is said. */
export const answerFaults = (
  request: { readonly method: string; readonly url: string },
  { statusCode, headers, body }: Pick<LightMyRequestResponse, 'statusCode' | 'headers' | 'body'>,
): string[] => check(request, { status: statusCode, headers, body })
