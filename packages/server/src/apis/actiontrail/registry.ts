import { api } from '../../declare/index.ts'
import type { Api } from '../operation.ts'
import * as declared from './operations.ts'

export const actionTrail: Api = api('ActionTrail', '2020-07-06', Object.values(declared))
