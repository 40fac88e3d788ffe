import { z } from 'zod'
import { aclSchema } from './acl-config.ts'
import { ipv4Cidr } from './ipv4-cidr.ts'

export const serialNumber = z.string().regex(/^[A-Za-z0-9-]{4,64}$/)
const vni = z
  .int()
  .min(1)
  .max(2 ** 24 - 1)
const autonomousSystem = z
  .int()
  .min(1)
  .max(2 ** 32 - 2)
/** Mbit/s, either way. */
const bandwidth = z.int().positive()

/** How a gateway reaches its network (docs/network.md). Absent: it has no tunnel. */
export const networkSchema = z.object({
  /** Its own, inside tunnels. */
  address: z.ipv4(),
  as: autonomousSystem,
  bandwidth,
  /** The one it prefers comes first. */
  pops: z
    .array(
      z.object({
        serial: serialNumber,
        /** Where it takes tunnels. */
        endpoint: z.ipv4(),
        /** Its own, inside tunnels. */
        address: z.ipv4(),
        vni,
        /** The gateway's end of the link, and the pop's: a /31. */
        local: z.ipv4(),
        remote: z.ipv4(),
      }),
    )
    .min(1)
    .max(2)
    .readonly(),
})

/**
 * The branch has a second gateway, and both share its addresses: one of them has those, the other takes them when that one
 * fails. Absent: it is alone.
 */
export const pairSchema = z.object({
  /** By which the two find each other in their branch: the virtual router of VRRP. */
  router: z.int().min(1).max(255),
  /** `main`: it has the addresses while it can carry the branch. */
  role: z.enum(['main', 'backup']),
})

/** A gateway whose tunnel a pop ends. */
export const memberSchema = z.object({
  serial: serialNumber,
  /** Its own, inside tunnels. */
  address: z.ipv4(),
  as: autonomousSystem,
  bandwidth,
  /** This pop is its second one. */
  backup: z.boolean(),
  vni,
  /** The pop's end of the link, and the gateway's: a /31. */
  local: z.ipv4(),
  remote: z.ipv4(),
  /**
   * What it may announce and send from: the CIDR blocks of its branch, the addresses that hide some, and those at which it is
   * reached itself.
   */
  prefixes: z.array(ipv4Cidr).max(300).readonly(),
  /** `dynamic`: also what it learns in its branch, unless that reaches into the prefixes of another member. */
  routing: z.enum(['static', 'dynamic']),
  /** It announces its branch only in place of the other gateway of its pair, and is believed before that one then. */
  standby: z.boolean().optional(),
})

/** A SAG APP instance whose users a point of presence serves. */
export const remoteAccessSchema = z.object({
  instance: z.string().regex(/^[A-Za-z0-9-]{1,64}$/),
  /** The cloud connect network its users are in: one of `networks`. */
  ccn: z.string().regex(/^[A-Za-z0-9-]{1,64}$/),
  /** UDP, where its users come in. */
  port: z.int().min(1).max(65_535),
  /** The addresses of its users. The first of each block is the pop's own. */
  pool: z.array(ipv4Cidr).min(1).max(100).readonly(),
  /** DNS servers that a user is told of at its log-on, the primary one first. Absent: none. A program of before ignores it. */
  dns: z.array(z.ipv4()).min(1).max(2).readonly().optional(),
  /** Which connections of its users pass. Of a pop with the capability `acl`. */
  acl: aclSchema.optional(),
})

/** What a point of presence holds (docs/network.md). */
export const popSchema = z.object({
  /** Its own, inside tunnels. */
  address: z.ipv4(),
  networks: z
    .array(
      z.object({
        ccn: z.string().regex(/^[A-Za-z0-9-]{1,64}$/),
        number: z
          .int()
          .min(1)
          .max(2 ** 23 - 1),
        /** Its members reach one another; otherwise only what is attached. */
        interworking: z.boolean(),
        members: z.array(memberSchema).max(4_000).readonly(),
      }),
    )
    .max(1_000)
    .readonly(),
  /** The other pop. */
  peers: z
    .array(z.object({ serial: serialNumber, endpoint: z.ipv4(), address: z.ipv4() }))
    .max(1)
    .readonly(),
  /** Absent: none. */
  remoteAccess: z.array(remoteAccessSchema).max(1_000).readonly().optional(),
})

export type NetworkConfig = Readonly<z.infer<typeof networkSchema>>
export type PairConfig = Readonly<z.infer<typeof pairSchema>>
export type PopConfig = Readonly<z.infer<typeof popSchema>>
export type PopMember = Readonly<z.infer<typeof memberSchema>>
export type RemoteAccessInstance = Readonly<z.infer<typeof remoteAccessSchema>>
