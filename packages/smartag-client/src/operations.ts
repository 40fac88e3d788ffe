import type { FrontDoorCode } from './generated/front-door.ts'
import type { Operations } from './generated/operations.ts'
import type { versions } from './generated/products.ts'

export type { FrontDoorCode } from './generated/front-door.ts'
export type { Operations } from './generated/operations.ts'

export type Product = keyof typeof versions

/** The operations of an API; without one, all of them. */
export type OperationOf<P extends Product = Product> = {
  [N in keyof Operations]: Operations[N]['product'] extends P ? N : never
}[keyof Operations]

export type ParamsOf<N extends OperationOf> = Operations[N]['params']

/** The answer as it is on the wire in JSON: a list is always there, any other member without a value is left out. */
export type ResultOf<N extends OperationOf> = Operations[N]['result']

/** Every code the operation can be refused with: those of its own and those that any operation shares. */
export type ErrorCodeOf<N extends OperationOf> = OwnErrorCodeOf<N> | FrontDoorCode

/** The codes that the operation declares itself. */
export type OwnErrorCodeOf<N extends OperationOf> = keyof Operations[N]['errors'] & string
