import { api } from '../../declare/index.ts'
import type { Api } from '../operation.ts'
import { lookupEvents } from './lookup-events.ts'

export const actionTrail: Api = api('ActionTrail', '2020-07-06', [lookupEvents])
