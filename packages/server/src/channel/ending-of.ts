import { endings } from '../model/endings.ts'

/** What a WebSocket says of a connection that ended without a closing frame (RFC 6455). */
const brokenOff = 1006

/** Whoever stops in order says so before the connection ends; a power cut, or a cut on the way, does not. */
export function endingOf(code: number | undefined): string {
  return code === brokenOff ? endings.broken : endings.goodbye
}
