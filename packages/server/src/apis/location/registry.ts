import { type Api, api } from '../../declare/index.ts'
import { describeEndpoints } from './describe-endpoints.ts'

export const location: Api = api('Location', '2015-06-12', [describeEndpoints])
