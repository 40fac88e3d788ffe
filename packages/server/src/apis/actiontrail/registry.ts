import { type Api, api } from '../../declare/index.ts'
import { lookupEvents } from './lookup-events.ts'

export const actionTrail: Api = api('ActionTrail', '2020-07-06', [lookupEvents])
