import type { WifiConfig } from '@opensag/protocol'
import type { Box } from './box.ts'

/** As each radio is from the factory. */
const factoryWifi: WifiConfig = {
  isOn: false,
  ssid: '',
  isBroadcast: true,
  channel: 0,
  bandwidth: 'Automatic',
  authentication: 'NONE',
  cipher: 'AUTO',
}

/** What a call says of a wireless network; what is absent stays as it is. */
export interface WantedWifi {
  readonly isOn: boolean
  readonly ssid: string | undefined
  readonly isBroadcast: boolean | undefined
  readonly channel: number | undefined
  readonly bandwidth: WifiConfig['bandwidth'] | undefined
  /** Whether it is closed: false takes the place of what `authentication` says. */
  readonly isClosed: boolean | undefined
  readonly authentication: WifiConfig['authentication'] | undefined
  readonly cipher: WifiConfig['cipher'] | undefined
  readonly password: WifiConfig['password']
}

/** As it is set, or as the box says it is. */
export function wifiBefore({ settings, report }: Box): WifiConfig {
  return settings.wifi ?? report?.wifi ?? factoryWifi
}

export function wifiSettings(wanted: WantedWifi, before: WifiConfig): WifiConfig {
  const authentication = authenticationOf(wanted, before)
  const { password } = wanted
  return {
    isOn: wanted.isOn,
    ssid: wanted.ssid ?? before.ssid,
    isBroadcast: wanted.isBroadcast ?? before.isBroadcast,
    channel: wanted.channel ?? before.channel,
    bandwidth: wanted.bandwidth ?? before.bandwidth,
    authentication,
    cipher: wanted.cipher ?? before.cipher,
    ...(password === undefined || authentication === 'NONE' ? {} : { password }),
  }
}

/** One that is to be closed and says not how is closed as it was, or as is usual today. */
function authenticationOf(
  { isClosed, authentication }: Pick<WantedWifi, 'isClosed' | 'authentication'>,
  before: WifiConfig,
): WifiConfig['authentication'] {
  if (isClosed === false) return 'NONE'
  const wanted = authentication ?? before.authentication
  return isClosed === true && wanted === 'NONE' ? 'WPA2-PSK' : wanted
}

/** Why a wireless network cannot be like this, in a sentence; undefined: it can. */
export function wifiProblem({ isOn, ssid, authentication, password }: WifiConfig): string | undefined {
  if (isOn && ssid === '') return 'A network that is on needs SSID: it has none.'
  return authentication !== 'NONE' && password === undefined
    ? 'A closed network needs Password: none is stored.'
    : undefined
}

/** As its pages print it, or as programs do. */
export function truthOf(text: string): boolean | undefined {
  return { true: true, false: false }[text.toLowerCase()]
}

/** 0: the box looks for one; undefined: it is none. */
export function channelOf(text: string): number | undefined {
  return /^(\d|10|11)$/.test(text) ? Number(text) : undefined
}

export function bandwidthOf(text: string): WifiConfig['bandwidth'] | undefined {
  if (text === 'Automatic' || text === '自动') return 'Automatic'
  const [, width] = /^(20|40) ?MHz$/.exec(text) ?? []
  return width === undefined ? undefined : width === '20' ? '20 MHz' : '40 MHz'
}
