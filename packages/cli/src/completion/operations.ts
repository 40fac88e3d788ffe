import { apis } from '@opensag/server/apis'
import { spoken } from '../say.ts'
import type { Word } from './words.ts'

export interface OperationWords extends Word {
  /** Names of its parameters; each is written `Name=`, a secret `Name=@-`. */
  readonly parameters: readonly string[]
}

/** The operations that `opensag call` takes, and their parameters. */
export function operationWords(): readonly OperationWords[] {
  return [...apis.values()].flatMap(({ operations }) =>
    [...operations.values()].map(({ name, about, params }) => ({
      word: name,
      about: about[spoken()].replaceAll("'", '’').replace(/[.。]$/, ''),
      parameters: Object.entries(params).map(([param, { state }]) => `${param}=${state.isSecret ? '@-' : ''}`),
    })),
  )
}
