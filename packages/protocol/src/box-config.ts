import { z } from 'zod'

/** As the box reports it: a socket of the appliance, or an interface of the machine. */
export const portName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,14}$/)

/** Bits of a subnet that has room for a gateway and a terminal. */
const prefixLength = z.int().min(8).max(30)

/** How a port to the branch is set. */
export const lanPortSchema = z.object({
  port: portName,
  /** `DHCP`: it gives addresses to terminals. */
  type: z.enum(['DHCP', 'STATIC']),
  ip: z.ipv4(),
  length: prefixLength,
  /** What it gives; absent, both: the whole subnet but its own address. */
  start: z.ipv4().optional(),
  end: z.ipv4().optional(),
  /** Minutes. */
  lease: z.int().min(1).max(43_200),
})

/** The port that is for the local console alone. */
export const managementPortSchema = z.object({
  ip: z.ipv4(),
  length: prefixLength,
  /** How the console is reached from another subnet. */
  gateway: z.ipv4().optional(),
})

/**
 * What is set of the box itself, by sections. One that is absent is the box's own affair. Of a gateway with the capability `box`;
 * one without it leaves it out of what it has in force.
 */
export const boxSchema = z.object({
  /** What its branch sends to the Internet leaves by its own line, with the address it has there. */
  snat: z.boolean().optional(),
  lan: z.array(lanPortSchema).max(8).readonly().optional(),
  management: managementPortSchema.optional(),
})

/** Sections that can be set. */
export const boxSections = ['lan', 'management', 'snat'] as const

export type BoxSection = (typeof boxSections)[number]
export type LanPort = Readonly<z.infer<typeof lanPortSchema>>
export type BoxConfig = Readonly<z.infer<typeof boxSchema>>
