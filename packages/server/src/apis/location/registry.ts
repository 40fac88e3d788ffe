import { api } from '../../declare/index.ts'
import type { Api } from '../operation.ts'
import * as declared from './operations.ts'

export const location: Api = api('Location', '2015-06-12', Object.values(declared))
