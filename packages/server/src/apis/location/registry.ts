import { api } from '../../declare/index.ts'
import type { Api } from '../operation.ts'
import { describeEndpoints } from './describe-endpoints.ts'

export const location: Api = api('Location', '2015-06-12', [describeEndpoints])
