import type { Called } from './encode.ts'

const form = /^(?<name>[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?$/

/**
 * The address the client called, for the answer's `HostId` and its link. A host header that is none is not repeated.
 *
 * @param fallback our own address, host and perhaps port.
 */
export function calledAddress(host: string | undefined, secure: boolean, fallback: string): Called {
  const address = host !== undefined && form.test(host) ? host : fallback
  return {
    host: form.exec(address)?.groups?.name ?? '',
    address,
    secure,
    base: `${secure ? 'https' : 'http'}://${address}`,
  }
}
