import { isLoopback } from '@opensag/server/tools'
import { exposureOf } from '../../private-file.ts'
import type { Settings } from '../schema.ts'
import { type Finding, refused } from './finding.ts'
import { readNamed } from './read-named.ts'

/** An OpenID provider: all that is needed, or nothing of it. It is not asked: a server starts without it. */
export async function singleSignOnFindings(settings: Settings): Promise<readonly Finding[]> {
  const { oidcIssuer, oidcClientId, oidcClientSecretFile, oidcAccount, oidcName, publicUrl } = settings
  const needed = {
    '--oidc-client-id': oidcClientId,
    '--oidc-client-secret-file': oidcClientSecretFile,
    '--oidc-account': oidcAccount,
  }
  if (oidcIssuer === undefined) {
    const given = Object.entries({ ...needed, '--oidc-name': oidcName }).flatMap(([flag, value]) =>
      value ? [flag] : [],
    )
    if (given.length === 0) return []
    return [
      refused(`--oidc-issuer is missing: ${given.join(', ')} needs it. Name the provider, or leave the others out.`),
    ]
  }
  const missing = Object.entries(needed).flatMap(([flag, value]) => (value === undefined ? [flag] : []))
  const texts = [
    missing.length === 0
      ? undefined
      : `--oidc-issuer needs ${missing.join(', ')}. Give it, or leave --oidc-issuer out.`,
    publicUrl === undefined
      ? '--oidc-issuer needs --public-url: the provider sends browsers back to it, and must know that address.'
      : undefined,
    issuerMistake(oidcIssuer),
  ]
  const found = texts.flatMap((text) => (text === undefined ? [] : [refused(text)]))
  return [...found, ...(await secretFindings(oidcClientSecretFile))]
}

/** It may hold a password, so it is not repeated. */
function issuerMistake(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username + url.password !== '' || /[?#]/.test(text)) {
    return '--oidc-issuer must be a URL without user name, query and fragment. Write one such as https://login.example.com.'
  }
  if (url.protocol === 'https:' || isLoopback(url.hostname.replace(/^\[(.*)\]$/, '$1'))) return undefined
  return '--oidc-issuer: a provider on another machine needs TLS. Give its https URL.'
}

async function secretFindings(path: string | undefined): Promise<readonly Finding[]> {
  if (path === undefined) return []
  const file = await readNamed('--oidc-client-secret-file', path)
  if ('finding' in file) return [file.finding]
  const exposed = await exposureOf(path)
  if (exposed !== undefined) return [refused(`--oidc-client-secret-file: ${exposed}`)]
  if (file.content.toString('utf8').trim() !== '') return []
  return [refused(`--oidc-client-secret-file: ${path} is empty. Write the secret of --oidc-client-id into it.`)]
}
