import { api } from '../../declare/index.ts'
import type { Api } from '../operation.ts'
import * as declared from './operations.ts'

export const sts: Api = api('Sts', '2015-04-01', Object.values(declared))
