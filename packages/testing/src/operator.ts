import { answerOfOperator } from '@opensag/server/tools'
import type { OpenSag } from './types.ts'

/** The operator commands of the server that runs on a data folder. */
export function operatorOf(data: string): OpenSag['operator'] {
  return (name, input = {}) => answerOfOperator({ data, name, input })
}
