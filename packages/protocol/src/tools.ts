import { z } from 'zod'
import { domainName } from './box-dns-config.ts'

/** What a gateway can be asked for while somebody waits, of itself and of what it reaches. */
export const tools = ['ping', 'traceroute', 'routes', 'leases', 'log', 'counters'] as const
export type Tool = (typeof tools)[number]

/** Those that send packets to a target. */
export const sendingTools = ['ping', 'traceroute'] as const satisfies readonly Tool[]

/** Where packets start: at the port of the branch, as those of its terminals do, or at the line to the Internet. */
export const toolOrigins = ['lan', 'wan'] as const
export type ToolOrigin = (typeof toolOrigins)[number]

/** Echo requests of one ping. */
export const mostEchoes = 10
/** Routers that a traceroute passes. */
export const mostHops = 20
/** Tools of one gateway: as many at once, and one more every so often. The server and the gateway both see to it. */
export const toolPace = { burst: 10, everyMs: 2_000 }
/** No tool takes longer, whatever the server says, milliseconds. */
export const longestToolMs = 20_000
/** Rows of one answer, and the bytes of its JSON: it has to fit into one frame with all that is around it. */
export const mostToolRows = 200
export const mostToolBytes = 12_288

/** Whether an IPv4 address can be that of another machine: not of this one, of its link, of a group, of all or of none. */
export function isOfAMachine(address: string): boolean {
  const [first = 0, second = 0] = address.split('.').map(Number)
  return first !== 0 && first !== 127 && first < 224 && !(first === 169 && second === 254)
}

/** What programs read as an address though it looks like a name: `127.1`, `0x7f.1`, `2130706433`. */
const looksLikeNumber = /(^|\.)(\d+|0x[0-9a-f]*)$/

/** An IPv4 address of a machine, or a name in lower case. The network is IPv4 only. */
export const toolTarget = z.union([
  z.ipv4().refine(isOfAMachine),
  domainName.refine((name) => !looksLikeNumber.test(name)),
])

const sending = { target: toolTarget, from: z.enum(toolOrigins) }

/** A tool and its parameters: a closed set, and nothing beside it. */
export const toolRequestSchema = z.discriminatedUnion('tool', [
  z.strictObject({ tool: z.literal('ping'), ...sending, count: z.int().min(1).max(mostEchoes) }),
  z.strictObject({ tool: z.literal('traceroute'), ...sending }),
  z.strictObject({ tool: z.literal('routes') }),
  z.strictObject({ tool: z.literal('leases') }),
  z.strictObject({ tool: z.literal('log') }),
  z.strictObject({ tool: z.literal('counters') }),
])

/** One line without control characters: it comes from a machine that may be anybody's. */
function line(most: number) {
  return z
    .string()
    .max(most)
    .regex(/^[^\p{Cc}]*$/u)
}

/** Of an interface of the machine, whoever made it. */
const portText = line(16)
const ms = z.number().nonnegative().max(600_000)
const moment = z.int().nonnegative()
const count = z.int().nonnegative()

export const toolRows = {
  hop: z.object({
    hop: z.int().min(1).max(mostHops),
    /** Absent: no router said so. */
    address: z.ipv4().optional(),
    /** How long it takes to answer itself; absent: it does not. */
    ms: ms.optional(),
  }),
  route: z.object({
    /** Which of them: `owned` and `branch` are looked up for packets of the branch before `main`, that of the machine. */
    table: z.enum(['owned', 'branch', 'main']),
    to: line(40),
    /** Of what ends there, such as `blackhole`; absent: it leads on. */
    type: line(20).optional(),
    via: z.ipv4().optional(),
    port: portText.optional(),
    /** The protocol it comes from. */
    source: line(20).optional(),
    metric: count.optional(),
  }),
  lease: z.object({
    address: z.ipv4(),
    mac: line(40),
    name: line(64).optional(),
    /** Milliseconds since 1970; absent: never. */
    until: moment.optional(),
  }),
  logLine: z.object({ at: moment, level: z.enum(['info', 'warn', 'error']), text: line(300) }),
  counter: z.object({
    port: portText,
    isUp: z.boolean(),
    received: z.object({ bytes: count, packets: count, errors: count, dropped: count }),
    sent: z.object({ bytes: count, packets: count, errors: count, dropped: count }),
  }),
} as const

function rows<T extends z.ZodType>(row: T) {
  return z.array(row).max(mostToolRows).readonly()
}

/** Present where rows did not fit: how many. */
const left = count.optional()

const resultSchema = z.discriminatedUnion('tool', [
  z.object({
    tool: z.literal('ping'),
    /** The address of a target that is a name. */
    address: z.ipv4().optional(),
    /** Of each request in its order; null: no answer came. */
    times: z.array(ms.nullable()).max(mostEchoes).readonly(),
    /** What the program wrote. */
    lines: z.array(line(200)).max(40).readonly(),
  }),
  z.object({
    tool: z.literal('traceroute'),
    address: z.ipv4().optional(),
    hops: z.array(toolRows.hop).max(mostHops).readonly(),
    isReached: z.boolean(),
  }),
  z.object({ tool: z.literal('routes'), routes: rows(toolRows.route), left }),
  z.object({ tool: z.literal('leases'), leases: rows(toolRows.lease), left }),
  z.object({ tool: z.literal('log'), log: rows(toolRows.logLine), left }),
  z.object({ tool: z.literal('counters'), counters: rows(toolRows.counter), left }),
])

/**
 * Why a gateway has no result: `unresolved`, the name has no address that may be probed; `no-address`, it has none to send from;
 * `missing`, it lacks a program; `no-network`, its program carries no packets; `simulated`, no machine is there that could;
 * `late`, it was not done in time; `failed`.
 */
export const toolFailures = [
  'unresolved',
  'no-address',
  'missing',
  'no-network',
  'simulated',
  'late',
  'failed',
] as const

export const toolAnswerSchema = z.discriminatedUnion('is', [
  z.object({
    is: z.literal('done'),
    result: resultSchema,
    /** It was computed by a gateway that does not exist: no packet was sent. */
    isSimulated: z.literal(true).optional(),
  }),
  z.object({ is: z.literal('undone'), why: z.enum(toolFailures), detail: line(200).optional() }),
  /** Another tool is at work, or too many were asked for. */
  z.object({ is: z.literal('busy') }),
])

const toolId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/)

/** `withinMs`: afterwards nobody waits for the answer any more. */
export const toolMessage = z.object({
  kind: z.literal('tool'),
  id: toolId,
  request: toolRequestSchema,
  withinMs: z.int().min(1).max(longestToolMs),
})
export const toolAnswerMessage = z.object({ kind: z.literal('tool-answer'), id: toolId, answer: toolAnswerSchema })

export type ToolRequest = Readonly<z.infer<typeof toolRequestSchema>>
export type ToolResult = Readonly<z.infer<typeof resultSchema>>
export type ToolAnswer = Readonly<z.infer<typeof toolAnswerSchema>>
export type ToolFailure = (typeof toolFailures)[number]
export type ToolMessage = Readonly<z.infer<typeof toolMessage>>
export type ToolLogLine = Readonly<z.infer<typeof toolRows.logLine>>
export type ToolRoute = Readonly<z.infer<typeof toolRows.route>>
export type ToolCounter = Readonly<z.infer<typeof toolRows.counter>>
export type ToolHop = Readonly<z.infer<typeof toolRows.hop>>
