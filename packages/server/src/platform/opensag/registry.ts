import { type Api, api } from '../../declare/index.ts'
import { createConsoleSession } from './create-console-session.ts'
import { endConsoleSession } from './end-console-session.ts'
import { listClientSessions } from './list-client-sessions.ts'
import { listFleet } from './list-fleet.ts'
import { listOutboxMails } from './list-outbox-mails.ts'

export const openSag: Api = api('OpenSAG', '2026-12-01', [
  createConsoleSession,
  endConsoleSession,
  listClientSessions,
  listFleet,
  listOutboxMails,
])
