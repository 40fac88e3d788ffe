import { callApi } from '@opensag/smartag-client'
import { context, session } from './session.svelte.ts'

/** Ends the session here whatever the server answers; whoever logs off does not wait for another logon. */
export async function logOff(): Promise<void> {
  const { key } = session
  try {
    if (key) await callApi(context, key, { product: 'OpenSAG', action: 'EndConsoleSession', params: {} })
  } finally {
    session.end()
  }
}
