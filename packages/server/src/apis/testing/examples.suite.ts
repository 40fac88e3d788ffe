import type { ParamType } from '../../declare/param.ts'
import type { Operation } from '../operation.ts'
import type { Params } from './front-door.suite.ts'

/** The parameters its declaration shows, which pass its own checks. */
export function examplesOf({ params }: Operation): Params {
  return Object.fromEntries(
    Object.entries(params).flatMap(([name, { state }]) =>
      state.exampleText === undefined ? [] : [[exampleName(name, state.type), state.exampleText]],
    ),
  )
}

/** Under which name the example of a parameter is sent: of a list of texts it is the first, of one of objects all of it as JSON. */
export function exampleName(param: string, type: ParamType): string {
  return type === 'array<string>' || type === 'array<integer>' ? `${param}.1` : param
}
