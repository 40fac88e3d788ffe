/** An account of a SAG APP instance, as operations see it. Its password is nowhere; the store holds a hash of it. */
export interface ClientUser {
  readonly instanceId: string
  /** Unique in the instance. */
  readonly name: string
  readonly mail: string
  /** Kbit/s. */
  readonly bandwidth: number
  /** Kbit/s while it is accelerated; undefined: it is not. */
  readonly accelerateBandwidth: number | undefined
  /** Its fixed address as a number; undefined when one is taken from the pool at each logon. */
  readonly clientIp: number | undefined
  readonly state: 'enabled' | 'disabled'
  readonly createdAt: number
  readonly passwordChangedAt: number
  /** Bytes used in the month `trafficMonth` (see {@link monthOf}). */
  readonly trafficBytes: number
  readonly trafficMonth: number
}

/** GB each account may use in a month without paying more; the only data plan that is sold (D). */
export const dataPlan = 5

/** Connections that can be bought: the widest range any page gives (D). */
export const userCounts = { min: 1, max: 2000 } as const

/** Kbit/s (D). */
export const bandwidths = { min: 1, max: 20_000, default: 2000 } as const

/** Kbit/s; undefined: none that an account can have. */
export function bandwidthIn(text: string): number | undefined {
  const kbits = Number(text)
  return kbits >= bandwidths.min && kbits <= bandwidths.max ? kbits : undefined
}

/**
 * What its tunnel takes, Kbit/s. There is one way for its packets only, so acceleration is a higher rate there, and never a
 * lower one (C).
 */
export function tunnelBandwidth({
  bandwidth,
  accelerateBandwidth = 0,
}: Pick<ClientUser, 'bandwidth' | 'accelerateBandwidth'>): number {
  return Math.max(bandwidth, accelerateBandwidth)
}

/** A name an account may have: older short ones and those taken from a mail address stay addressable (C). */
export const userName = /^[A-Za-z0-9][A-Za-z0-9_@.-]{1,63}$/

/**
 * The password a new account is given: 8–32 letters, digits, `_`, `@` and `-`, the first a letter or digit (D: page of
 * CreateSmartAccessGatewayClientUser). The guide of the product's console also allows `.`; the page of the API decides (C).
 */
export const firstUserPassword = /^[A-Za-z0-9][A-Za-z0-9_@-]{7,31}$/

/**
 * The password an account is reset to: 8–32 characters, the first a letter or Chinese character, with underscores and
 * hyphens (D: page of ResetSmartAccessGatewayClientUserPassword, which writes the hyphen as "(_)"). The page names neither
 * letters, Chinese characters nor digits for the rest; its sample `teste111` has them, so they are allowed (S). The
 * comment of the SDK allows a digit in front, `@` and `.`; where the two differ, the page decides (C).
 */
export const newUserPassword = /^[A-Za-z\u4e00-\u9fa5][A-Za-z0-9\u4e00-\u9fa5_-]{7,31}$/

/** Five letters and digits, at least one of each (D). */
export const enterpriseCode = /^(?=.*[A-Za-z])(?=.*[0-9])[A-Za-z0-9]{5}$/

/** The calendar month (UTC) traffic is counted in, as YYYYMM. */
export function monthOf(now: number): number {
  const date = new Date(now)
  return date.getUTCFullYear() * 100 + date.getUTCMonth() + 1
}

/** Months that are over and still shown. */
const monthsKept = 12

/** The first month that is shown in this one; both as YYYYMM. */
export function oldestMonth(month: number): number {
  const months = Math.floor(month / 100) * 12 + (month % 100) - 1 - monthsKept
  return Math.floor(months / 12) * 100 + (months % 12) + 1
}

/** A calendar month as operations write it, as YYYYMM; undefined: none. */
export function monthIn(text: string): number | undefined {
  return /^\d{4}(0[1-9]|1[0-2])$/.test(text) ? Number(text) : undefined
}

/** What is left of a data plan of so many GB, in bytes: an account may carry more, and nothing ends (C). */
export function leftOf(gigabytes: number, bytes: number): number {
  return Math.max(0, gigabytes * 2 ** 30 - bytes)
}

/** Its use is billed at the end of the month, so it has to be there until then (D). */
export function usedTraffic(user: Pick<ClientUser, 'trafficBytes' | 'trafficMonth'>, now: number): boolean {
  return user.trafficMonth === monthOf(now) && user.trafficBytes > 0
}

/** A network of the pool, by its first and last address as numbers. */
interface Range {
  readonly first: number
  readonly last: number
}

/** Network, broadcast and the service's own first address are not handed out (C). */
export function isClientAddress(pool: readonly Range[], address: number): boolean {
  return pool.some(({ first, last }) => address > first + 1 && address < last)
}
