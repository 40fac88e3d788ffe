import { type Api, api } from '../../declare/index.ts'
import { createConsoleSession } from './create-console-session.ts'
import { endConsoleSession } from './end-console-session.ts'
import { evaluateAccess } from './evaluate-access.ts'

export const openSag: Api = api('OpenSAG', '2026-12-01', [createConsoleSession, endConsoleSession, evaluateAccess])
