import { type Api, api } from '../../declare/index.ts'
import { createConsoleSession } from './create-console-session.ts'
import { describeGatewayConfiguration } from './describe-gateway-configuration.ts'
import { endConsoleSession } from './end-console-session.ts'
import { listAdminPasswordChanges } from './list-admin-password-changes.ts'
import { listGatewayEvents } from './list-gateway-events.ts'

export const openSag: Api = api('OpenSAG', '2026-12-01', [
  createConsoleSession,
  describeGatewayConfiguration,
  endConsoleSession,
  listAdminPasswordChanges,
  listGatewayEvents,
])
