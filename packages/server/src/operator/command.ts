import type { ServerKeys, Timers } from '@opensag/protocol'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Backups } from '../backup/backups.ts'
import type { BusinessClock } from '../business-clock.ts'
import type { Outbox } from '../mail/outbox.ts'
import type { MasterKey } from '../master-key/master-key.ts'
import type { Sealer } from '../sealing/sealing.ts'
import type { SignatureFence } from '../signature-fence.ts'
import type { Repositories, TellGateways } from '../store/repositories.ts'
import type { Store } from '../store/store.ts'
import { joined, mistakesIn } from '../value-mistakes.ts'
import type { Simulation } from './simulation.ts'

/** What the operator side works with. It has no caller: whoever can open the socket is the operator. */
export interface OperatorContext {
  readonly store: Store
  readonly sealer: Sealer
  readonly masterKey: MasterKey
  /** The key by which gateways know this server. */
  readonly channelIdentity: {
    readonly keys: ServerKeys
    /** Makes the next key, unless there is one; durable when it resolves. */
    prepare(): Promise<void>
    /** Makes the next key the present one and forgets the private half of the old one. */
    switch(): Promise<void>
  }
  readonly clock: BusinessClock
  readonly wallClock: () => number
  readonly random: (bytes: number) => Buffer
  readonly timers: Timers
  /** The log of the server, whose level may be changed. */
  readonly log: { level: string }
  /** What is watched over time, as text. */
  readonly metrics: () => Promise<string>
  /** Puts `/readyz` and its like on the socket, for `opensag health`. */
  readonly healthPages?: ((app: FastifyInstance) => void) | undefined
  /** Whether the server stops: an answer that would go on ends then. */
  readonly isClosing: () => boolean
  /** Present in a sandbox only. */
  readonly simulation: Simulation | undefined
  /** Where the mails of a sandbox stay. */
  readonly outbox?: Outbox | undefined
  /** The data folder. */
  readonly data: string
  /** Of the database, wherever that is. */
  readonly backups: Backups
  /** This node among those of the database. */
  readonly nodeId: string
  readonly signatureFence: SignatureFence
  /** The gateways this node holds. */
  readonly gateways: () => readonly string[]
  /** Ends the gateway's connection, if this node holds it. */
  readonly disconnect: (serial: string) => Promise<void>
  /** Where gateways find this server; undefined when only its operator knows, as behind a proxy. */
  readonly channelUrl: string | undefined
  /** The region of the first account's credentials. */
  readonly regionId: string
  /** Calls operations of the API as an account itself, all in one unit of work. A refused call throws `Refusal`. */
  readonly asAccount: <T>(
    accountId: string,
    work: (
      call: (action: string, params: Readonly<Record<string, string>>) => Promise<Readonly<Record<string, unknown>>>,
      repositories: Repositories,
    ) => Promise<T>,
  ) => Promise<T>
  /** Tells connected gateways that there is a newer configuration for them. */
  readonly tellGateways: TellGateways
}

/**
 * One thing the operator can do. The command line is derived from it: its name is the subcommand, the members of
 * `input` are its options (those in `positional` its arguments), their descriptions the help.
 */
export interface OperatorCommand {
  readonly name: string
  readonly about: string
  readonly sandboxOnly: boolean
  readonly input: z.ZodObject
  readonly positional: readonly string[]
  /** Members of the answer that name what the command has made, where its input does not name that. */
  readonly makes?: readonly string[] | undefined
  /** Whether `run` resolves with an `AsyncIterable`, which is handed on as it comes, one JSON text a line. */
  readonly streams: boolean
  /** Its lines are secrets: the command line writes them to a file of its owner alone, and the audit trail has an entry. */
  readonly secretFile?: boolean | undefined
  /** What the command line derives its flags from. */
  inputSchema(): { readonly properties?: Readonly<Record<string, unknown>>; readonly required?: readonly string[] }
  run(context: OperatorContext, input: unknown): Promise<unknown>
  /**
   * What a person is shown of the answer; without it, a table. `dataFlag` is what a printed command needs to find the data
   * folder, with a blank before it.
   */
  readonly text?: ((answer: never, dataFlag: string) => string) | undefined
}

export function command<I extends z.ZodObject, A>(declaration: {
  readonly name: string
  readonly about: string
  readonly sandboxOnly?: boolean
  readonly input: I
  readonly positional?: readonly (keyof z.infer<I> & string)[]
  readonly makes?: readonly string[]
  run(context: OperatorContext, input: z.infer<I>): Promise<A>
  readonly text?: (answer: A, dataFlag: string) => string
}): OperatorCommand {
  return {
    sandboxOnly: false,
    streams: false,
    positional: [],
    ...declaration,
    inputSchema: () => schemaOf(declaration.input),
    run: (context, input) => declaration.run(context, input as z.infer<I>),
  }
}

/** A command whose answer can be longer than memory. */
export function lines<I extends z.ZodObject>(declaration: {
  readonly name: string
  readonly about: string
  readonly secretFile?: boolean
  readonly input: I
  run(context: OperatorContext, input: z.infer<I>): AsyncIterable<object>
}): OperatorCommand {
  return {
    sandboxOnly: false,
    streams: true,
    positional: [],
    ...declaration,
    inputSchema: () => schemaOf(declaration.input),
    run: async (context, input) => declaration.run(context, input as z.infer<I>),
  }
}

function schemaOf(input: z.ZodObject): ReturnType<OperatorCommand['inputSchema']> {
  return z.toJSONSchema(input, { io: 'input' }) as ReturnType<OperatorCommand['inputSchema']>
}

/** The flag of a member of the input: `--no-bgp` for `noBgp`. */
export function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}

/** What is wrong with an input, in the words of the command line; undefined when nothing is. */
export function inputMistakes(command: OperatorCommand, input: unknown): string | undefined {
  const mistakes = [...mistakesIn(command.input, (input ?? {}) as Readonly<Record<string, unknown>>)]
  if (mistakes.length === 0) {
    return command.input.safeParse(input).success ? undefined : `"${command.name}" does not take this input.`
  }
  const placeOf = (name: string): string => (command.positional.includes(name) ? `<${name}>` : flagOf(name))
  return mistakes.map(([name, mistake]) => `${joined(placeOf(name), mistake)}.`).join('\n')
}

/** What was asked for is incomplete or contradicts itself, whatever the state; the message is for a person. */
export class OperatorMistake extends Error {
  override readonly name = 'OperatorMistake'
}

/** The operator asked for something the state does not allow; the message is for a person. */
export class OperatorRefusal extends Error {
  override readonly name = 'OperatorRefusal'
}
