import type { ServerOptions } from '@opensag/server'
import { secretFromFile } from './secret-input.ts'
import type { Settings } from './settings/schema.ts'

/** Of settings that were found usable. */
export async function singleSignOnFrom(settings: Settings): Promise<ServerOptions['singleSignOn']> {
  const { oidcIssuer, oidcClientId, oidcClientSecretFile, oidcAccount, oidcUserClaim, oidcName, oidcLogOff } = settings
  if (oidcIssuer === undefined || oidcClientId === undefined || oidcAccount === undefined) return undefined
  if (oidcClientSecretFile === undefined) return undefined
  return {
    issuer: oidcIssuer,
    clientId: oidcClientId,
    clientSecret: await secretFromFile(oidcClientSecretFile),
    account: oidcAccount,
    userClaim: oidcUserClaim,
    name: oidcName ?? new URL(oidcIssuer).host,
    logOff: oidcLogOff,
  }
}
