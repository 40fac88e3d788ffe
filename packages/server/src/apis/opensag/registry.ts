import { api } from '../../declare/index.ts'
import type { Api } from '../operation.ts'
import { createConsoleSession } from './create-console-session.ts'
import { describeGatewayConfiguration } from './describe-gateway-configuration.ts'
import { endConsoleSession } from './end-console-session.ts'
import { evaluateAccess } from './evaluate-access.ts'
import { listAdminPasswordChanges } from './list-admin-password-changes.ts'
import { listClientSessions } from './list-client-sessions.ts'
import { listFleet } from './list-fleet.ts'
import { listGatewayEvents } from './list-gateway-events.ts'
import { listOutboxMails } from './list-outbox-mails.ts'

export const openSag: Api = api('OpenSAG', '2026-12-01', [
  createConsoleSession,
  describeGatewayConfiguration,
  endConsoleSession,
  evaluateAccess,
  listAdminPasswordChanges,
  listClientSessions,
  listFleet,
  listGatewayEvents,
  listOutboxMails,
])
