import { call, session } from './session.svelte.ts'

/** Ends the session here whatever the server answers. */
export async function logOff(): Promise<void> {
  try {
    await call('OpenSAG', 'EndConsoleSession', {})
  } finally {
    session.end()
  }
}
