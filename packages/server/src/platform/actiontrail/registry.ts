import { type Api, api } from '../../declare/index.ts'

export const actionTrail: Api = api('ActionTrail', '2020-07-06', [])
