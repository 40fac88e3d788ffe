import { api } from '../../declare/index.ts'
import type { Api } from '../operation.ts'
import * as declared from './operations.ts'

export const openSag: Api = api('OpenSAG', '2026-12-01', Object.values(declared))
