import { createMutex } from '@opensag/protocol'
import { runBy } from '../../run-command.ts'
import { type Daemon, startDaemon } from '../daemon.ts'
import { entering, openSystem, type System } from '../system.ts'
import { judge } from './admission.ts'
import { ClientCounts } from './client-counts.ts'
import { Clients, type OnlineClient } from './clients.ts'
import type { CountedSession, SessionNews } from './log-ons.ts'
import { listenForManagement, type Management, ManagementError } from './management.ts'
import type { ClientFacts, ManagementEvent } from './management-lines.ts'
import { routesFor } from './routes.ts'
import type { TunnelServer, TunnelServerOptions } from './served.ts'
import { interfacesOf, renderClientConfig, type ServedInstance } from './server-config.ts'
import { shareAdded, shareChanged, shareRemoved } from './shaping.ts'
import { setUpInterface } from './tunnel-interface.ts'

export async function openTunnelServer(options: TunnelServerOptions): Promise<TunnelServer> {
  const server = new Server(options)
  await server.open()
  return server
}

/**
 * Who was ended on purpose is told so at once, and must not come back by itself; only the answer to a sign of life may be quicker, which
 * does not know why. So that one waits for the other.
 */
const graceMs = 3_000

/** Kept apart from what an instance is called, since only one thing is told to a client. */
const notNow = 'ServerBusy'

class Server implements TunnelServer {
  #instance: ServedInstance
  readonly #options: TunnelServerOptions
  readonly #clients: Clients
  readonly #counts = new ClientCounts()
  readonly #inside: System
  readonly #exclusive = createMutex()
  #management: Management | undefined
  #daemon: Daemon | undefined
  /** Sessions that have ended, nobody has said why: takes back what is to follow. */
  readonly #ending = new Map<string, () => void>()
  /** The interface of the running OpenVPN is where it belongs. */
  #ready: Promise<boolean> = Promise.resolve(false)

  constructor(options: TunnelServerOptions) {
    this.#instance = options.instance
    this.#options = options
    this.#clients = new Clients(options.random)
    this.#inside = openSystem(options.instance.namespace)
  }

  get instance(): ServedInstance {
    return this.#instance
  }

  renew(instance: ServedInstance): void {
    this.#instance = instance
  }

  async open(): Promise<void> {
    const { folder, configFile, managementPath, home, timers, logger } = this.#options
    const options = ['--errors-to-stderr', '--config', configFile]
    this.#management = await listenForManagement({
      path: managementPath,
      onEvent: (event) => this.#onEvent(event),
      onConnected: () => this.#tell('state on'),
      onEnded: () => void this.#gone(),
    })
    this.#daemon = await startDaemon({
      name: `openvpn-${this.instance.port}`,
      command: runBy(entering(home), ['openvpn', ...options]),
      folder,
      // It ends without the process that decides for it.
      leftOver: 'replace',
      timers,
      logger,
    })
  }

  async sessions(): Promise<readonly CountedSession[]> {
    if (this.#clients.all().length > 0) await this.#exclusive(() => this.#count())
    return this.#clients.all().map(({ session, slot }) => ({ session, bytes: this.#counts.of(slot) }))
  }

  news(news: SessionNews): void {
    const client = this.#clients.bySession(news.session)
    if (client === undefined) return
    if (news.is === 'changed') this.#reshape(client, news.bandwidth)
    else if (news.isFinal) this.#end(client, 'for good')
    else this.#endLater(client)
  }

  #endLater(client: OnlineClient): void {
    const { session } = client
    if (this.#ending.has(session)) return
    this.#ending.set(
      session,
      this.#options.timers.after(graceMs, () => this.#end(client, 'for now')),
    )
  }

  /** `for now`: the client comes back by itself, and by its password. */
  #end(client: OnlineClient, how: 'for good' | 'for now'): void {
    void this.#drop(client)
    this.#tell(`client-kill ${client.cid}${how === 'for good' ? ' HALT' : ''}`)
  }

  reloadCredentials(): void {
    this.#tell('signal SIGUSR1')
  }

  async close(): Promise<void> {
    // While its interface can still be asked.
    await this.#gone()
    await this.#daemon?.close()
    await this.#management?.close()
    await this.#exclusive(async () => {
      const { ifb } = interfacesOf(this.instance)
      // The CCN may be gone, and its namespace with it.
      await this.#inside.ip([`link del dev ${ifb}`]).catch((error: unknown) => this.#note(error))
    })
  }

  #onEvent(event: Exclude<ManagementEvent, { is: 'answer' }>): void {
    if (event.is === 'hold') this.#tell('hold release')
    else if (event.is === 'state') {
      void this.#gone()
      if (event.state === 'CONNECTED') this.#ready = this.#setUp()
    } else if (event.is === 'client') void this.#onClient(event)
  }

  async #onClient({ what, cid, kid, facts }: Extract<ManagementEvent, { is: 'client' }>): Promise<void> {
    if (what === 'DISCONNECT') {
      const client = this.#clients.byCid(cid)
      if (client !== undefined) await this.#logOff(client)
    } else if (what !== 'ESTABLISHED' && kid !== undefined) {
      try {
        await this.#judge(what, cid, kid, facts)
      } catch (error) {
        if (!(error instanceof ManagementError)) this.#problem(error)
      } finally {
        facts.password?.wipe()
      }
    }
  }

  async #judge(what: 'CONNECT' | 'REAUTH', cid: number, kid: number, facts: ClientFacts): Promise<void> {
    const client = this.#clients.byCid(cid)
    const { userName = '', password, sessionState } = facts
    const verdict = judge({ what, sessionState, isOnline: client !== undefined })
    if (verdict === 'ask') return this.#logOn(cid, kid, facts)
    const isSame =
      verdict === 'compare' &&
      client !== undefined &&
      password !== undefined &&
      this.#clients.isSame(client, userName, password)
    if (verdict === 'accept' || isSame) await this.#command(`client-auth-nt ${cid} ${kid}`)
    else await this.#deny(cid, kid, 'SessionEnded')
  }

  async #logOn(cid: number, kid: number, { userName = '', password, source, platform }: ClientFacts): Promise<void> {
    const { logOns } = this.#options
    const slot = this.#clients.takeSlot()
    if (password === undefined || slot === undefined || !(await this.#ready)) {
      if (slot !== undefined) this.#clients.freeSlot(slot)
      return this.#deny(cid, kid, notNow)
    }
    const proof = this.#clients.proofOf(userName, password)
    const answer = await logOns
      .logOn({
        instanceId: this.#instance.instance,
        userName,
        password,
        terminal: `OpenVPN ${platform ?? ''}`.trim(),
        source: source ?? 'unknown',
      })
      .catch((error: unknown) => {
        this.#note(error)
        return { is: 'refused', code: notNow } as const
      })
    if (answer.is === 'refused') {
      this.#clients.freeSlot(slot)
      return this.#deny(cid, kid, answer.code)
    }
    const { session, address, bandwidth } = answer
    const client: OnlineClient = { cid, session, address, bandwidth, slot, proof }
    this.#clients.add(client)
    try {
      // As it is now: its DNS servers may have changed since the client asked.
      const instance = this.#instance
      await this.#shape(shareAdded(interfacesOf(instance), client))
      const lines = renderClientConfig(instance, address, await routesFor(this.#inside, instance))
      // Its session may have ended meanwhile.
      if (this.#clients.byCid(cid) !== client) return await this.#deny(cid, kid, 'SessionEnded')
      await this.#command(`client-auth ${cid} ${kid}`, ...lines, 'END')
    } catch (error) {
      if (this.#clients.byCid(cid) === client) {
        void this.#logOff(client)
        if (!(error instanceof ManagementError)) await this.#deny(cid, kid, notNow)
      }
      throw error
    }
  }

  /** Nothing of it is online any more; what is still shaped for it goes in its turn. Resolves with the bytes that it has carried. */
  #drop(client: OnlineClient, count = (): Promise<void> => this.#count()): Promise<number> {
    const { session, slot } = client
    this.#clients.remove(client)
    this.#ending.get(session)?.()
    this.#ending.delete(session)
    return this.#exclusive(async () => {
      await count()
      const bytes = this.#counts.of(slot)
      this.#counts.forget(slot)
      await this.#inside
        .tc(shareRemoved(interfacesOf(this.instance), client))
        .catch((error: unknown) => this.#note(error))
      this.#clients.freeSlot(slot)
      return bytes
    })
  }

  /** Without an interface, what was counted last is what is known. */
  async #count(): Promise<void> {
    await this.#counts.read(this.#inside, interfacesOf(this.instance)).catch((error: unknown) => this.#note(error))
  }

  #reshape(client: OnlineClient, bandwidth: number): void {
    this.#shape(shareChanged(interfacesOf(this.instance), { ...client, bandwidth })).catch((error: unknown) =>
      this.#problem(error),
    )
  }

  #shape(lines: readonly string[]): Promise<void> {
    return this.#exclusive(() => this.#inside.tc(lines))
  }

  /** OpenVPN has opened its interface, or kept it over a restart of its own. */
  #setUp(): Promise<boolean> {
    return this.#exclusive(async () => {
      try {
        await setUpInterface(this.#inside, openSystem(this.#options.home), this.instance)
        return true
      } catch (error) {
        this.#problem(error)
        // Its next start tries again.
        this.#tell('signal SIGTERM')
        return false
      }
    })
  }

  /** OpenVPN has ended or starts anew, and whoever was connected is not. */
  async #gone(): Promise<void> {
    this.#ready = Promise.resolve(false)
    const clients = this.#clients.all()
    // Once for all of them, who may be thousands.
    let counted: Promise<void> | undefined
    const count = (): Promise<void> => (counted ??= this.#count())
    await Promise.all(clients.map((client) => this.#logOff(client, count)))
  }

  async #logOff(client: OnlineClient, count?: () => Promise<void>): Promise<void> {
    this.#options.logOns.logOff(client.session, await this.#drop(client, count))
  }

  async #deny(cid: number, kid: number, code: string): Promise<void> {
    await this.#command(`client-deny ${cid} ${kid} "${code}" "${code}"`)
  }

  #command(...lines: readonly string[]): Promise<string> {
    return this.#management?.command(...lines) ?? Promise.reject(new ManagementError('It is not open yet.'))
  }

  #tell(line: string): void {
    this.#command(line).catch((error: unknown) => this.#note(error))
  }

  /** Of what happens when somebody goes at the wrong moment. */
  #note(error: unknown): void {
    this.#options.logger.debug(
      { instance: this.instance.instance, err: error },
      'OpenVPN or the server could not be asked.',
    )
  }

  #problem(error: unknown): void {
    this.#options.logger.error({ instance: this.instance.instance, err: error }, 'Remote access of an instance fails.')
  }
}
