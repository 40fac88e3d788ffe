import { type Api, api } from '../../declare/index.ts'

export const ram: Api = api('Ram', '2015-05-01', [])
