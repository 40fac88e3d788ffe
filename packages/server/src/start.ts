import { randomBytes } from 'node:crypto'
import type { Server as TlsServer } from 'node:tls'
import { backgroundTimers, systemTimers } from '@opensag/protocol'
import type { FastifyInstance } from 'fastify'
import { createAuthorise } from './access/authorise.ts'
import { createCompiledPolicies } from './access/compiled-policies.ts'
import { createCredentialSource } from './access/credentials.ts'
import { createDeny } from './access/denial.ts'
import { createFailures } from './access/failures.ts'
import { startKeyUses } from './access/key-uses.ts'
import { alertSenderOf } from './alerts/work.ts'
import { createIds } from './apis/ids.ts'
import { apis } from './apis/registry.ts'
import { startBackgroundWork } from './background-work.ts'
import { createBackups } from './backup/backups.ts'
import { backUpBySchedule } from './backup/schedule.ts'
import { createInProcessBus } from './bus/in-process.ts'
import { openBusinessClock } from './business-clock.ts'
import { createAdminPasswords } from './channel/admin-passwords.ts'
import { defaultAnswerMs } from './channel/call-limits.ts'
import { createTellGateways } from './channel/desired-config.ts'
import { createGatewayCommands } from './channel/gateway-commands.ts'
import { openIdentity } from './channel/identity.ts'
import { registerWithoutUpgrade } from './channel/without-upgrade.ts'
import { registerConsoleLogon } from './console-logon/routes.ts'
import { nodeId, openDataFolder } from './data-folder.ts'
import { drain } from './drain.ts'
import { openHealth } from './health/health.ts'
import { serveMetrics } from './health/metrics.ts'
import { oneLineAState } from './health/one-line-a-state.ts'
import { watchedPasswords } from './health/password-counts.ts'
import { createServerMetrics } from './health/server-metrics.ts'
import { missingProtection } from './listen-protection.ts'
import { createApp, listen } from './listener.ts'
import { type CloseLimits, watchListener } from './listener-close.ts'
import { type LocalListener, listenLocally } from './local-listener.ts'
import { noMailer } from './mail/mailer.ts'
import { createOutbox } from './mail/outbox.ts'
import { masterKeyAtStart } from './master-key/at-start.ts'
import { connectionsIn, openChannelOf } from './open-channel.ts'
import { openStoreOf } from './open-store.ts'
import { internalCommands, operatorCommands } from './operator/commands.ts'
import { serveOperator } from './operator/socket.ts'
import { calledSite, channelUrlOf, isOpenOnLoopback, ownAddresses, urlOf } from './own-address.ts'
import { registerConsole } from './pages/console.ts'
import { registerPages } from './pages/pages.ts'
import { createRemoteAccess } from './remote-access/routes.ts'
import { createCallAs } from './rpc/call-as.ts'
import { createCallGate } from './rpc/call-gate.ts'
import { calledAddress } from './rpc/called.ts'
import { callsInOneUnit } from './rpc/calls-in-one-unit.ts'
import type { Called } from './rpc/encode.ts'
import { registerFrontDoor } from './rpc/front-door.ts'
import { doorCodes } from './rpc/gateway-errors.ts'
import type { FrontDoorOptions } from './rpc/options.ts'
import { openReceived } from './rpc/received.ts'
import { nodeSettings } from './rpc/server-settings.ts'
import { openFlow } from './rpc/shared-flow.ts'
import type { RunningServer, ServerOptions } from './server-options.ts'
import { openSignatureFence } from './signature-fence.ts'
import { createSourceConnections, limitSources } from './source-connections.ts'
import { createFirstAccount, isWithoutAccount } from './store/access/first-account.ts'
import { takeAwayEnds } from './store/fleet/perpetual.ts'
import { createOwnersOf } from './store/resource-owners.ts'
import { tracedParts } from './traced-parts.ts'
import { forwardedAddress, forwardedHost, forwardedSecure, rejectStrangers, trusted } from './trusted-proxies.ts'
import { routeUpgrades } from './upgrades.ts'

/** Added to the time an answer may take before a server that stops cuts it off. */
const sendMs = 2000

/** Assembles the control plane and serves it. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const logger = oneLineAState(options.logger)
  const unprotected = missingProtection({
    host: options.host,
    hasTls: options.tls !== undefined,
    hasProxy: (options.trustedProxies ?? []).length > 0,
  })
  if (unprotected !== undefined) throw new Error(unprotected)
  const own = ownAddresses(options)
  const folder = await openDataFolder(options.data)
  const node = await nodeId(folder.nodeId)
  logger.setBindings({ node })
  const { diskFloor, freeBytes, wallClock = Date.now } = options
  const health = await openHealth({ folder: folder.path, diskFloor, freeBytes, logger })
  const traced = tracedParts(options.openTracing?.({ nodeId: node, logger }))
  // The first is closed last, so that it hears of all that happens until the end.
  const started: { close(): Promise<void> }[] = [traced, health]
  const metrics = createServerMetrics(doorCodes)
  started.push(metrics)
  const closeAll = async (): Promise<void> => {
    for (const part of started.splice(0).reverse()) await part.close()
  }
  try {
    const opened = await openStoreOf(options, { folder, health, metrics, tracing: traced.tracing, logger })
    started.push(opened)
    const { store } = opened
    health.watch(store)
    const isFirst = await store.read(isWithoutAccount)
    const keyed = { isFirst, passphrase: options.masterKeyPassphrase, logger }
    const { masterKey, sealKey } = await masterKeyAtStart(folder, store, keyed)
    const sealer = masterKey.ring
    const clock = await openBusinessClock(store, wallClock)
    const fence = await openSignatureFence(store)
    const shop = options.shop ?? false
    if (!shop) await takeAwayEnds(store, clock.now())
    // What all nodes have and nobody else.
    const guessKey = sealKey.key.secret
    // Before the listener in this list, so that it hears of the last call too.
    const failures = createFailures({ store, wallClock, timers: backgroundTimers, logger })
    started.push(failures)
    const outbox = options.simulation && !options.mailer ? createOutbox(wallClock) : undefined

    const app: FastifyInstance = createApp(options, own)
    const closing: CloseLimits = { timers: systemTimers, graceMs: (options.answerMs ?? defaultAnswerMs) + sendMs }
    const closeListener = watchListener(app.server, closing)
    started.push({ close: () => closeListener(() => app.close()) })
    // Both after the channel, or they would wait for the gateways that are connected by them.
    let local: LocalListener | undefined
    started.push({ close: async () => local?.close() })
    const asking = { random: randomBytes, logger, ...connectionsIn(store) }
    const bus = traced.bus(options.openBus?.(asking) ?? createInProcessBus())
    started.push(bus)
    const clocks = { wallClock, businessClock: clock.now, timers: systemTimers }
    const shared = { store, bus, sealer, ...clocks, random: randomBytes, logger }
    const reaching = { ...shared, ...(options.answerMs === undefined ? {} : { answerMs: options.answerMs }) }
    const tellGateways = createTellGateways(shared)
    const proxies = trusted(options.trustedProxies)
    const identity = await openIdentity(shared)
    const forwarded = proxies ? { remoteAddress: forwardedAddress } : {}
    const given = { tracing: traced.tracing, ...forwarded }
    const isShared = options.openStore !== undefined
    const logons = { ...shared, ...forwarded, siteOf: calledSite(own, proxies), noteFailure: failures.note, guessKey }
    const remoteAccess = createRemoteAccess({ ...logons, heartbeatMs: options.heartbeatMs })
    const serving = { ...given, tunnelUsers: remoteAccess.tunnelUsers, identity, nodeId: node }
    const gateways = await openChannelOf({ ...options, isShared }, { ...shared, ...serving })
    // After the listener in this list, so that its connections end before the listener waits for them.
    started.push(gateways)
    const { channel, copied } = gateways

    const sandbox = options.simulation !== undefined
    const healthPages = health.pages({ isStarted: options.isReady, sandbox, store, bus })
    healthPages(app)
    const connections = createSourceConnections(options.sourceConnections, { timers: backgroundTimers, logger })
    started.push(connections)
    connections.watch(app.server)
    if (proxies) rejectStrangers(app, proxies)
    else limitSources(app.server, connections)
    registerWithoutUpgrade(app, { ...shared, ...(proxies ? { remoteAddress: forwardedAddress } : {}) })
    await registerConsole(app)
    await registerPages(app, apis.values())
    await remoteAccess.register(app)
    await registerConsoleLogon(app, { ...logons, newCredentials: createIds(randomBytes).sessionCredentials }, options)
    const mailer = options.mailer ?? outbox ?? noMailer
    const sendAlert = alertSenderOf({ mailer, wallClock, targets: options.alertTargets ?? [], isSandbox: sandbox })
    const gate = createCallGate()
    const received = openReceived(shared)
    started.push(received)
    const keyUses = startKeyUses(store, wallClock, logger)
    const flow = openFlow(options.flow, { ...shared, isShared })
    started.push(keyUses, flow)
    const frontDoor: FrontDoorOptions = {
      flow,
      store,
      apis,
      authorise: traced.authorise(createAuthorise(createCompiledPolicies(store), createDeny(sealer))),
      tracing: traced.tracing,
      ownersOf: createOwnersOf(store),
      noteUse: keyUses.note,
      wipeReceived: received.wipeSoon,
      noteFailure: failures.note,
      credentials: createCredentialSource(store, sealer),
      wallClock,
      isFenced: fence.isFenced,
      refusesWrites: health.disk.isLow,
      businessClock: clock.now,
      shop,
      adminPasswordMaxAgeMs: options.adminPasswordMaxAgeMs,
      ids: createIds(randomBytes),
      gate,
      calls: metrics.calls,
      adminPasswords: metrics.countPasswords(createAdminPasswords(reaching)),
      gateways: createGatewayCommands(reaching),
      mailer,
      sendAlert,
      outbox,
      tellGateways,
      sealer,
      logger,
      get endpoint() {
        return own.endpoint
      },
      publicAddress: own.publicAddress,
      isOwnName: own.isOwnName,
      ...(proxies
        ? { originalHost: forwardedHost, originalSecure: forwardedSecure, remoteAddress: forwardedAddress }
        : {}),
    }
    await registerFrontDoor(app, frontDoor)
    const called = (): Called => calledAddress({ headers: {}, secure: options.tls !== undefined }, own)
    routeUpgrades(app.server, {
      proxies,
      isLocal: (socket) => local?.has(socket) ?? false,
      connections,
      called,
      channel,
    })
    const listening = await listen(app, options)
    started.push(listening)
    const { port } = listening
    own.listensOn(port)
    const url = urlOf(options, port)
    // The simulated gateways of a sandbox are in this process: they have no certificate and do not come by the proxy.
    if (options.simulation && !isOpenOnLoopback(options)) {
      local = await listenLocally(app.server, nodeSettings(), closing)
    }
    const { parts, trailBytes } = startBackgroundWork(options, {
      ...shared,
      sealKey,
      sendAlert,
      newId: frontDoor.ids.withPrefix,
      isSandbox: sandbox,
      fence,
      refreshes: isShared ? [fence.refresh, identity.refresh] : [],
      tellGateways,
      gateways: frontDoor.gateways,
      nodeId: node,
      callAs: createCallAs(frontDoor),
      refusesWrites: frontDoor.refusesWrites,
    })
    started.push(...parts)

    metrics.watch({
      health,
      store,
      failures: failures.counts,
      trailBytes,
      gateways: () => channel.serials().length,
      refusedConnections: connections.refused,
      passwords: watchedPasswords(store, { logger, maxAgeMs: options.adminPasswordMaxAgeMs }),
    })
    if (options.metricsPort !== undefined) started.push(await serveMetrics(options.metricsPort, metrics.text))
    const { masterKeyPassphrase: passphrase } = options
    const backups = createBackups({ ...shared, data: folder.path, copyTo: opened.copyTo, passphrase })
    if (options.backups !== undefined) {
      started.push(backUpBySchedule(options.backups, { ...shared, backups, nodeId: isShared ? node : undefined }))
    }
    started.push(
      await serveOperator(
        folder.operatorSocket,
        [...operatorCommands, ...internalCommands],
        {
          data: folder.path,
          backups,
          nodeId: node,
          signatureFence: fence,
          gateways: channel.serials,
          store,
          sealer,
          masterKey,
          channelIdentity: identity,
          clock,
          wallClock,
          random: randomBytes,
          timers: systemTimers,
          log: options.logger,
          metrics: metrics.text,
          healthPages,
          simulation: options.simulation,
          outbox,
          disconnect: (serial) => channel.disconnect(serial),
          tellGateways,
          channelUrl: channelUrlOf(options, port),
          regionId: options.regionId,
          asAccount: callsInOneUnit(frontDoor),
        },
        logger,
        closing,
      ),
    )
    // Only now: a start that fails, on a port that is taken, must not use up the one showing of the key pair.
    const account = isFirst ? await createFirstAccount(store, sealer, randomBytes) : undefined
    return {
      url,
      localUrl: local?.url ?? url,
      unable: copied,
      firstCredentials: account && { ...account, regionId: options.regionId },
      renewCertificate(certificate) {
        if (options.tls === undefined) throw new Error('This server does not end TLS itself.')
        ;(app.server as unknown as TlsServer).setSecureContext(certificate)
        own.certifiedBy(certificate)
      },
      close: () => drain({ ...closing, health, gate, logger, delayMs: options.drainDelayMs ?? 0 }).then(closeAll),
    }
  } catch (error) {
    await closeAll()
    throw error
  }
}
