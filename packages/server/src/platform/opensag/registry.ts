import { type Api, api } from '../../declare/index.ts'

export const openSag: Api = api('OpenSAG', '2026-12-01', [])
