import { folder } from '../mutant.ts'
import { rpcCalls } from './rpc-calls.ts'
import { rpcReading } from './rpc-reading.ts'
import { rpcSignatures } from './rpc-signatures.ts'

const at = 'packages/server/src/rpc'

/** The front door: reading, signatures, order of checks, answers. */
export const rpc = folder('rpc', 0.9, at, [...rpcSignatures, ...rpcCalls, ...rpcReading])
