import { z } from 'zod'
import { aclSchema } from './acl-config.ts'
import { boxSchema } from './box-config.ts'
import { boxReportSchema } from './box-report.ts'
import { diagnosedMessage, diagnoseMessage } from './diagnosis.ts'
import { dpiReportSchema, dpiSchema } from './dpi-config.ts'
import { healthCheckSchema, healthReportSchema, mostHealthChecks } from './health-checks.ts'
import { ipv4Cidr } from './ipv4-cidr.ts'
import { measuredMessage, measureMessage, monitorSchema } from './measurements.ts'
import { networkSchema, pairSchema, popSchema } from './network-config.ts'
import { networkReportSchema } from './network-report.ts'
import { mostProbeTasks, probeResultSchema, probeTaskSchema } from './probe-tasks.ts'
import { qosSchema } from './qos-config.ts'
import { fromPopSchemas, toPopSchemas } from './remote-users.ts'
import { mostRouteRules, routeRuleSchema } from './route-config.ts'
import { routesPartSchema } from './route-report.ts'
import { sealedMessageSchema } from './sealed-message.ts'
import { toolAnswerMessage, toolMessage } from './tools.ts'

const changeId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/)
const generation = z.int().nonnegative()
/** A hash sealed by a gateway for itself, base64url. */
const deposit = z.string().regex(/^[A-Za-z0-9_-]{40,800}$/)
const ticket = z.string().regex(/^[A-Za-z0-9_-]{43}$/)
const commandId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/)
const version = z.string().regex(/^\d{1,5}(\.\d{1,5}){3}$/)

/** Base64url. */
const derText = z.string().regex(/^[A-Za-z0-9_-]{40,4000}$/)

const publicKey = z.string().regex(/^[A-Za-z0-9_-]{43}$/)
const signature = z.string().regex(/^[A-Za-z0-9_-]{86}$/)

const port = z.int().min(1).max(65_535)

/** Leads what comes to an address to a host of the branch. */
export const dnatSchema = z.object({
  /** Inside the network; absent: the address the gateway has on its way to the Internet. */
  ip: z.ipv4().optional(),
  protocol: z.enum(['tcp', 'udp', 'any']),
  /** Of that address and of the host; absent, both: every port as itself. */
  ports: z.object({ from: port, to: port }).optional(),
  to: z.ipv4(),
})

/** How the connections of a branch are recorded. Seconds: how often of one that lasts, and how long after its last packet. */
export const flowLogSchema = z.object({
  activeAging: z.int().min(60).max(6000),
  inactiveAging: z.int().min(10).max(600),
  /** Sent by UDP to a collector. */
  netflow: z.object({ ip: z.ipv4(), port, version: z.enum(['V5', 'V9', 'V10']) }).optional(),
  /** Written to a file of the gateway, with these names in each record. */
  records: z
    .object({ region: z.string().max(64), project: z.string().max(128), logstore: z.string().max(128) })
    .optional(),
})

/** What a gateway is to be configured as. The bounds keep it inside one frame; with `pop` it takes several. */
export const gatewayConfigSchema = z.object({
  /** In their order: the first feeds the DHCP server. */
  cidrs: z.array(ipv4Cidr).max(100).readonly(),
  routingStrategy: z.enum(['static', 'dynamic']),
  /** Seconds; 0 is off. */
  securityLockThreshold: z.int().nonnegative(),
  /** Branch ranges and the address each leaves as. */
  snat: z
    .array(z.object({ cidr: ipv4Cidr, ip: z.ipv4() }))
    .max(100)
    .readonly(),
  /** Of a gateway with the capability `dnat`; one without it leaves it out of what it has in force. Absent: none. */
  dnat: z.array(dnatSchema).max(100).readonly().optional(),
  /** Of a gateway with the capability `flow-log`, as with `dnat`. */
  flowLog: flowLogSchema.optional(),
  /** Of a gateway with the capability `dpi`. */
  dpi: dpiSchema.optional(),
  /** Of a gateway with the capability `health-check`. Absent: none. */
  healthChecks: z.array(healthCheckSchema).max(mostHealthChecks).readonly().optional(),
  /** Of a gateway with the capability `probe-task`. Absent: none. */
  probeTasks: z.array(probeTaskSchema).max(mostProbeTasks).readonly().optional(),
  /** Where the local console is reachable from inside the CCN. */
  remoteAccessIp: z.ipv4().optional(),
  probeAddresses: z.array(z.ipv4()).max(50).readonly(),
  network: networkSchema.optional(),
  /** Of a gateway with the capability `network`. */
  pair: pairSchema.optional(),
  /** Of a gateway with the capability `qos`. */
  qos: qosSchema.optional(),
  /** Of a gateway with the capability `acl`. */
  acl: aclSchema.optional(),
  box: boxSchema.optional(),
  /** Of a gateway with the capability `monitor`. Absent: its advanced monitoring is off. */
  monitor: monitorSchema.optional(),
  /** Of a gateway with the capability `routes`. Absent: every route is distributed. */
  routeRules: z.array(routeRuleSchema).max(mostRouteRules).readonly().optional(),
  /** Of a point of presence: everything above is empty then. */
  pop: popSchema.optional(),
})

/** Whose configuration it is and which of them: revisions count per instance. */
export const configMarkSchema = z.object({
  instanceId: z.string().regex(/^[A-Za-z0-9-]{1,64}$/),
  revision: z.int().positive(),
})

/**
 * Why a configuration was given up: `unconfirmed`, nobody could be reached with it in time; `failed`, the system did not
 * take it; `restarts`, the gateway started again and again.
 */
export const revertReasons = ['unconfirmed', 'failed', 'restarts'] as const

const trial = z.int().positive()

/** How things stand with the configuration of a gateway. */
const configStatusShape = {
  /** The one in force; absent when it holds none. */
  applied: configMarkSchema.optional(),
  /** Present while it is not confirmed: the number of its trial. */
  trial: trial.optional(),
  /** The one that was given up last. `unreached`: nobody could be reached without it either, and it would take it on trial once more. */
  reverted: configMarkSchema
    .extend({ reason: z.enum(revertReasons), unreached: z.literal(true).optional() })
    .optional(),
  /** Its system does not take what should be in force. */
  failing: z.boolean().optional(),
}

/** What a gateway tells of itself. Everything is bounded: it comes from a machine that may be anybody's. */
export const reportSchema = z.object({
  version,
  startedAt: z.int().nonnegative(),
  serviceIp: z.union([z.ipv4(), z.ipv6()]),
  consoleUrl: z
    .url({ protocol: /^https?$/ })
    .max(300)
    .optional(),
  localRevision: z.int().nonnegative(),
  syncedRevision: z.int().nonnegative(),
  resettable: z.boolean(),
  /** Its offline lock has closed. Gateways of 0.1.0 do not say so: they do not lock themselves. */
  locked: z.boolean().optional(),
  /** Whether it has an administrator password, and when that was set; gateways of 0.1.0 do not tell it. */
  adminPassword: z
    .object({
      isSet: z.boolean(),
      /** Milliseconds since 1970, by its own clock; absent when the password is as it was when the gateway first started. */
      changedAt: z.int().nonnegative().optional(),
    })
    .optional(),
  /** The server's key as it is on its disk, and the successor beside it. Gateways of 0.1.0 do not say so, and know no successor. */
  pinned: z.object({ key: publicKey, successor: publicKey.optional() }).optional(),
  /** Of a gateway with the capability `box`. */
  box: boxReportSchema.optional(),
  /** Of a gateway with the capability `dpi` that has what recognises applications. */
  dpi: dpiReportSchema.optional(),
  ...configStatusShape,
})

export const nackReasons = ['unsettled', 'generation', 'sealed', 'failed'] as const

export const fromGatewaySchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('report'),
    report: reportSchema,
    password: z.object({
      generation,
      unsettled: changeId.optional(),
      /** The last change it was told has succeeded. */
      holds: changeId.optional(),
      /** The generation of that change. Gateways of 0.1.0 do not tell it. */
      holdsGeneration: generation.optional(),
      /** The hash it accepts, for that change and generation, as in an `ack`: once in a connection. */
      deposit: deposit.optional(),
    }),
  }),
  z.object({ kind: z.literal('settled'), changeId }),
  z.object({ kind: z.literal('restored'), changeId }),
  z.object({ kind: z.literal('ticket-stored') }),
  /**
   * `deposit`: the hash it accepts now, for a disk that is rolled back later; only this gateway can open it. Gateways of
   * 0.1.0 leave none.
   */
  z.object({ kind: z.literal('ack'), changeId, deposit: deposit.optional() }),
  z.object({ kind: z.literal('nack'), changeId, reason: z.enum(nackReasons) }),
  z.object({ kind: z.literal('restarting'), commandId }),
  /** It cannot do that. */
  z.object({ kind: z.literal('not-restarting'), commandId }),
  /** How things stand now; `problem`: why what it was sent is not even stored, or not in force at its system. */
  z.object({ kind: z.literal('configured'), ...configStatusShape, problem: z.string().max(300).optional() }),
  /** The only message of a connection that is made to have a configuration confirmed. */
  z.object({ kind: z.literal('trial'), trial }),
  /** A public key (SPKI, DER) that its tunnels are to be proved with. */
  z.object({ kind: z.literal('certify'), key: derText }),
  /** Of a gateway with the capability `network`, to a server that has it too. */
  z.object({ kind: z.literal('network'), network: networkReportSchema }),
  /** Of a gateway with the capability `health-check`, to a server that has it too. */
  z.object({ kind: z.literal('health'), checks: healthReportSchema }),
  /** The same with `probe-task`: what came of the last round of each of its tasks. */
  z.object({ kind: z.literal('probed'), results: z.array(probeResultSchema).max(mostProbeTasks).readonly() }),
  /** Of a gateway with the capability `monitor`, to a server that has it too. */
  measuredMessage,
  /** The same with `diagnosis`. */
  diagnosedMessage,
  /** The same with `tools`: what came of the tool it was asked for. */
  toolAnswerMessage,
  /** The same with `routes`: a part of the routes it has now. */
  z.object({ kind: z.literal('routes'), ...routesPartSchema.shape }),
  ...fromPopSchemas,
  z.object({ kind: z.literal('beat') }),
])

export const fromServerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('settle'), changeId, verdict: z.enum(['confirm', 'revert']) }),
  /** The change that succeeded last is not the one it holds (`over`; absent: none). */
  z.object({
    kind: z.literal('restore'),
    changeId,
    generation,
    deposit,
    over: changeId.optional(),
    /** The operator ordered it, though it is older than what the gateway holds. */
    ordered: z.boolean().optional(),
  }),
  /** `before`: the one it was admitted with, which counts until the new one is confirmed. */
  z.object({ kind: z.literal('ticket'), ticket, before: ticket.optional() }),
  z.object({ kind: z.literal('ready'), heartbeatMs: z.int().min(10).max(600_000) }),
  /** The next key of the server, signed by the one the gateway has pinned. */
  z.object({ kind: z.literal('successor'), key: publicKey, signature }),
  /** The successor is the server's key now, and has signed this connection. */
  z.object({ kind: z.literal('switched'), key: publicKey, signature }),
  z.object({ kind: z.literal('set'), changeId, generation, sealed: sealedMessageSchema }),
  z.object({ kind: z.literal('synced'), revision: z.int().nonnegative() }),
  /** Its offline lock: told after `ready`, and when it changes. */
  z.object({ kind: z.literal('lock'), locked: z.boolean() }),
  z.object({ kind: z.literal('reboot'), commandId }),
  z.object({ kind: z.literal('upgrade'), commandId, version }),
  /** It is recorded that the gateway restarts: now it may. */
  z.object({ kind: z.literal('go') }),
  /** Absent: it is bound to no instance and is to hold none. `confirmMs`: how long it may stay on trial. */
  z.object({
    kind: z.literal('configure'),
    desired: configMarkSchema.extend({ config: gatewayConfigSchema }).optional(),
    confirmMs: z.int().min(10).max(86_400_000),
  }),
  /** The gateway has reached the server with what is on trial. */
  z.object({ kind: z.literal('confirm'), trial }),
  /** X.509, DER: for the key it sent last, and the authority that signed it. */
  z.object({ kind: z.literal('certificate'), certificate: derText, authority: derText }),
  /** To a gateway with the capability `monitor`. */
  measureMessage,
  /** The same with `diagnosis`. */
  diagnoseMessage,
  /** The same with `tools`. */
  toolMessage,
  ...toPopSchemas,
  z.object({ kind: z.literal('beat') }),
  z.object({ kind: z.literal('later'), afterMs: z.int().nonnegative().max(86_400_000) }),
])

export type FromGateway = Readonly<z.infer<typeof fromGatewaySchema>>
export type FromServer = Readonly<z.infer<typeof fromServerSchema>>
export type WireReport = Readonly<z.infer<typeof reportSchema>>
export type WireFlowLog = Readonly<z.infer<typeof flowLogSchema>>
export type WireDnat = Readonly<z.infer<typeof dnatSchema>>
export type ConfigMark = Readonly<z.infer<typeof configMarkSchema>>
export type WireConfig = Readonly<z.infer<typeof gatewayConfigSchema>>
/** A configuration and which it is. */
export type MarkedConfig = ConfigMark & { readonly config: WireConfig }
export type RevertReason = (typeof revertReasons)[number]
export type NackReason = (typeof nackReasons)[number]
export type SettleVerdict = 'confirm' | 'revert'
