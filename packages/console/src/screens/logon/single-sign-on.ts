import { ApiError, Unreachable } from '@opensag/smartag-client'
import { askServer, postLogon, sessionIn } from '../../app/logon.ts'
import type { Session } from '../../app/session.svelte.ts'

const path = '/console/logon/oidc'
/** What the server adds to the address of the page when the provider has sent the browser back. */
const returned = '?logon=oidc'

/** What the provider is called by which users may log on; undefined where there is none. */
export async function providerName(): Promise<string | undefined> {
  try {
    const response = await fetch(path, { cache: 'no-store', credentials: 'omit' })
    return ((await response.json()) as { readonly Name?: string }).Name
  } catch {
    // Whoever logs on in another way learns that the server does not answer.
    return undefined
  }
}

/** Leaves for the page of the provider. @throws ApiError, Unreachable */
export async function goToProvider(): Promise<void> {
  const place = location.hash.length > 300 ? '' : location.hash
  const { Location } = await postLogon(path, { place }, 'same-origin')
  location.assign(String(Location))
}

/** Whether the browser has just come back from the provider. It is told once: reloading the page asks for nothing again. */
export function isBackFromProvider(): boolean {
  if (location.search !== returned) return false
  history.replaceState(history.state, '', location.pathname + location.hash)
  return true
}

/** @throws ApiError, Unreachable */
export async function logOnFromProvider(): Promise<Session> {
  await askServer()
  return { ...(await sessionIn(await postLogon(`${path}/session`, {}, 'same-origin'))), atProvider: true }
}

/** The page at which one logs off at the provider; undefined where none is offered, or the provider does not answer. */
export async function providerExit(): Promise<string | undefined> {
  try {
    const { Location } = await postLogon(`${path}/leave`, {})
    return Location === undefined ? undefined : String(Location)
  } catch (error) {
    if (error instanceof ApiError || error instanceof Unreachable) return undefined
    throw error
  }
}
