import { z } from 'zod'
import { boxSections, mostStaticRoutes, staticRouteSchema } from './box-config.ts'
import { dnsServersSchema } from './box-dns-config.ts'
import { haSchema, internetProviders, leasedLineSchema, portRoles, radioSchema } from './box-ports-config.ts'
import { routingReportSchema } from './box-routing-config.ts'
import { portName } from './port-name.ts'

const length = z.int().min(0).max(32)
const instanceId = z.string().regex(/^[A-Za-z0-9-]{1,64}$/)

/** What a box is, and how it is set now: read from the machine, not from what it was told. */
export const boxReportSchema = z.object({
  /** The configuration that was in force when it was read; absent: none. */
  of: z.object({ instanceId, revision: z.int().positive() }).optional(),
  ports: z
    .array(
      z.object({
        name: portName,
        mac: z.string().regex(/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/),
        isUp: z.boolean(),
        role: z.enum(portRoles),
      }),
    )
    .max(16)
    .readonly(),
  wan: z
    .array(
      z.object({
        port: portName,
        type: z.enum(['DHCP', 'STATIC', 'PPPOE']),
        /** Absent: it has none now. */
        ip: z.ipv4().optional(),
        length: length.optional(),
        gateway: z.ipv4().optional(),
        /** The Internet is reached by it now. */
        isActive: z.boolean(),
        /** How its line is set; absent: as from the factory. */
        username: z.string().max(30).optional(),
        priority: z.int().min(-1).max(50).optional(),
        weight: z.int().min(1).max(100).optional(),
        isp: z.enum(internetProviders).optional(),
        bandwidth: z.int().positive().optional(),
      }),
    )
    .max(8)
    .readonly(),
  lan: z
    .array(
      z.object({
        port: portName,
        type: z.enum(['DHCP', 'STATIC']),
        ip: z.ipv4().optional(),
        length: length.optional(),
        start: z.ipv4().optional(),
        end: z.ipv4().optional(),
        /** Minutes. */
        lease: z.int().positive().optional(),
      }),
    )
    .max(8)
    .readonly(),
  snat: z.boolean(),
  /** Absent: its program does not say it. */
  dns: z
    .object({
      /** By whoever has set it; absent: nobody has. */
      set: dnsServersSchema.optional(),
      /** Those that names are asked of now, in their order. */
      current: z.array(z.ipv4()).max(8).readonly(),
    })
    .optional(),
  /** Absent: it has no port that is for its console alone. */
  management: z.object({ ip: z.ipv4(), length, gateway: z.ipv4().optional() }).optional(),
  /** Addresses on leased lines; absent: its program knows of none. */
  ecc: z.array(leasedLineSchema).max(8).readonly().optional(),
  ha: haSchema.optional(),
  /** Absent: it has no radio. `isOn`: it can be joined. */
  wifi: radioSchema.optional(),
  /** Absent: it has no modem. */
  modem: z
    .object({
      status: z.enum(['Normal', 'Abnormal', 'Unavailable']),
      strength: z.enum(['High', 'Middle', 'Low', 'Unavailable']),
      ip: z.ipv4().optional(),
      mac: z.string().max(17).optional(),
      isActive: z.boolean(),
    })
    .optional(),
  /** Of a gateway with the capability `box-routing`. */
  routing: routingReportSchema.optional(),
  /** Of a gateway with the capability `routes`: those that are set, also those whose router is on no wire now. */
  staticRoutes: z.array(staticRouteSchema).max(mostStaticRoutes).readonly().optional(),
  /** Sections that are set and that it cannot put in force, and why. */
  refused: z
    .array(z.object({ section: z.enum(boxSections), reason: z.string().max(200) }))
    .max(boxSections.length)
    .readonly(),
})

export type BoxReport = Readonly<z.infer<typeof boxReportSchema>>
