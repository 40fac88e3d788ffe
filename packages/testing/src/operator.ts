import { askOperatorSocket } from '@opensag/server/tools'
import type { OpenSag } from './types.ts'

/** The operator commands of the server that runs on a data folder. */
export function operatorOf(data: string): OpenSag['operator'] {
  return async (name, input = {}) => {
    const chunks: Buffer[] = []
    await askOperatorSocket({ data, name, input }, (chunk) => void chunks.push(chunk))
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  }
}
