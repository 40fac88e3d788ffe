import { type Operation as Declared, type Api as DeclaredApi, declaring } from '../declare/index.ts'
import type { OperationContext } from './context.ts'

/** An operation of one of the APIs, which can be run. */
export type Operation = Declared<OperationContext>

/** An API whose operations can be run. */
export type Api = DeclaredApi<OperationContext>

/** Declares an operation that runs in an {@link OperationContext}. */
export const operation = declaring<OperationContext>()
