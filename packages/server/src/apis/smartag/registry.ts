import { api } from '../../declare/index.ts'
import type { Api, Operation } from '../operation.ts'
import * as declared from './operations.ts'

export const smartag: Api = api('Smartag', '2018-03-13', Object.values(declared))

/** Every operation of SmartAG that the server answers, by its public name. */
export const operations: ReadonlyMap<string, Operation> = smartag.operations
