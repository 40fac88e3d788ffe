import { z } from 'zod'
import { portName } from './port-name.ts'
import { sealedMessageSchema } from './sealed-message.ts'

export const portRoles = ['NONE', 'WAN', 'LAN', 'ECC', 'MGT'] as const

export const internetProviders = ['CT', 'CM', 'CU', 'Other'] as const

/** Bits of a subnet with room for two hosts. */
const prefixLength = z.int().min(8).max(30)

/** How a port to the Internet is set. */
export const wanPortSchema = z.object({
  port: portName,
  /** `DHCP`: whoever is at the other end gives it its address. */
  type: z.enum(['DHCP', 'STATIC', 'PPPOE']),
  /** With `STATIC`, all three. */
  ip: z.ipv4().optional(),
  length: prefixLength.optional(),
  gateway: z.ipv4().optional(),
  /** With `PPPOE`. */
  username: z.string().max(30).optional(),
  /** Absent: the box keeps the one it has. */
  password: sealedMessageSchema.optional(),
  /** The least that works carries the traffic; -1: it carries none. */
  priority: z.int().min(-1).max(50),
  /** The part it has of the traffic among those of one priority. */
  weight: z.int().min(1).max(100),
  isp: z.enum(internetProviders),
  /** Mbit/s that it sends at most; absent: as much as it can. */
  bandwidth: z.int().positive().optional(),
})

/** An address on a leased line. */
export const leasedLineSchema = z.object({
  port: portName,
  /** 0: packets without a tag, and no other VLAN beside it. */
  vlan: z.int().min(0).max(4094),
  ip: z.ipv4(),
  length: z.int().min(8).max(31),
})

/** How two boxes share their branch, beside the addresses they share in any case. */
export const haSchema = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('NONE') }),
  /** By costs of routes. */
  z.object({ mode: z.literal('DYNAMIC') }),
  /** An address that one of them has. */
  z.object({ mode: z.literal('STATIC'), port: portName, ip: z.ipv4() }),
])

export const portRoleSchema = z.object({ port: portName, role: z.enum(portRoles) })

/** A wireless network without its password. */
export const radioSchema = z.object({
  isOn: z.boolean(),
  ssid: z.string().max(32),
  isBroadcast: z.boolean(),
  /** 0: the box looks for one. */
  channel: z.int().min(0).max(11),
  bandwidth: z.enum(['Automatic', '20 MHz', '40 MHz']),
  authentication: z.enum(['NONE', 'WPA-PSK', 'WPA2-PSK']),
  cipher: z.enum(['AUTO', 'TKIP', 'AES']),
})

/** `password` absent: the box keeps the one it has. */
export const wifiSchema = radioSchema.extend({ password: sealedMessageSchema.optional() })

export type WanPort = Readonly<z.infer<typeof wanPortSchema>>
export type LeasedLine = Readonly<z.infer<typeof leasedLineSchema>>
export type HaConfig = Readonly<z.infer<typeof haSchema>>
export type PortRole = (typeof portRoles)[number]
export type WifiConfig = Readonly<z.infer<typeof wifiSchema>>
