import { type Api, api } from '../../declare/index.ts'
import { listClientSessions } from './list-client-sessions.ts'
import { listFleet } from './list-fleet.ts'
import { listOutboxMails } from './list-outbox-mails.ts'

export const openSag: Api = api('OpenSAG', '2026-12-01', [listClientSessions, listFleet, listOutboxMails])
