/** What one request may cost before anybody is known to be behind it. Sizes in bytes, times in milliseconds. */
export interface Limits {
  readonly bodySize: number
  /** Bodies up to this size take nothing from `bodyRoom`. */
  readonly smallBody: number
  /** What all bodies that are being read may take together beyond that: whoever sends slowly holds it for long. */
  readonly bodyRoom: number
  readonly querySize: number
  /** Request line and headers together. The parameters of most clients travel in the request line. */
  readonly headerSize: number
  readonly parameterCount: number
  /** Characters. Long names are not only useless: comparing many of one length is slow beyond proportion. */
  readonly nameSize: number
  /** Connections to the listener at once, those of gateways included; more are closed. */
  readonly connections: number
  /** Calls that are worked on at once; not those that wait for a gateway, which have bounds of their own. */
  readonly callsAtOnce: number
  /** Until the headers have arrived. */
  readonly headersTimeout: number
  /** Until the whole request has arrived. */
  readonly requestTimeout: number
  /** An idle connection is kept this long; the real service announces 25 seconds. */
  readonly keepAliveTimeout: number
  /** How often the two request times are looked at. */
  readonly checkInterval: number
  /** After a request that is no HTTP was answered, how long the rest of it is read, so that the answer gets through. */
  readonly linger: number
}

export const defaultLimits: Limits = {
  // The largest parameters there are: a policy document of 6144 characters with 32,768 of examples, in a form where each
  // character takes nine bytes.
  bodySize: 384 * 1024,
  smallBody: 16 * 1024,
  bodyRoom: 64 * 1024 * 1024,
  querySize: 32 * 1024,
  headerSize: 64 * 1024,
  parameterCount: 1000,
  nameSize: 256,
  connections: 50_000,
  callsAtOnce: 1000,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 25_000,
  checkInterval: 2_000,
  linger: 1_000,
}
