import { backgroundTimers } from '@opensag/protocol'
import {
  type BackupSchedule,
  callLimits,
  type FirstCredentials,
  type Mailer,
  mailMs,
  type RunningServer,
  type ServerOptions,
  startServer,
} from '@opensag/server'
import { troubleIn } from '@opensag/server/trouble'
import type { Logger } from 'pino'
import { Command } from '../command.ts'
import { writeCredentials } from '../credentials.ts'
import { CommandFailure, UsageError } from '../exit.ts'
import { dataHint } from '../hint.ts'
import { passphraseFrom } from '../master-key-passphrase.ts'
import { labelled } from '../print.ts'
import { createLogger, reloadOnHangup, stopSignal } from '../process.ts'
import { say } from '../say.ts'
import { secretFromFile } from '../secret-input.ts'
import { authorityNote, renewDaily, tlsFrom } from '../server-tls.ts'
import { busServers } from '../settings/bus-servers.ts'
import { requireUsable } from '../settings/check.ts'
import { certificateFindings } from '../settings/checks/certificate.ts'
import { addSettingFlags, settingsFrom } from '../settings/flags.ts'
import type { Settings } from '../settings/schema.ts'
import { singleSignOnFrom } from '../single-sign-on.ts'
import { openTracingFrom } from '../tracing.ts'
import { commandAbouts } from './names.ts'

/** `opensag server`: the control plane, for real networks. */
export function serverCommand(): Command {
  return addSettingFlags(new Command('server'), 'server')
    .description(commandAbouts.server)
    .action(async (options: Record<string, unknown>) => {
      const settings = settingsFrom('server', options)
      const logger = createLogger(settings.logLevel)
      await requireUsable(settings, Date.now(), (text) => logger.warn(text))
      // From the first moment on: whoever reads that it listens may stop it at once.
      const stopped = stopSignal(['SIGINT', 'SIGTERM'])
      const reload = reloadOnHangup()
      const server = await startServer({
        ...serverOptions(settings, logger),
        masterKeyPassphrase: passphraseFrom(settings, process.env),
        tls: await tlsFrom(settings),
        mailer: await mailerFrom(settings),
        backups: backupsFrom(settings),
        openStore: await openStoreFrom(settings),
        openBus: await openBusFrom(settings),
        openTracing: await openTracingFrom(process.env),
        singleSignOn: await singleSignOnFrom(settings),
      })
      reload.from(() => reloadServer(server, logger, options))
      try {
        if (server.firstCredentials) await tellCredentials(server, server.firstCredentials, settings)
      } catch (error) {
        await server.close()
        throw error
      }
      renewDaily(server, settings, { logger, timers: backgroundTimers })
      const note = await authorityNote(settings)
      if (note !== undefined) console.log(note)
      console.log(say('OpenSAG listens on {url}', { url: server.url }))
      const error = await Promise.race([stopped, server.unable])
      if (error) logger.fatal({ err: error }, 'The server ends.')
      await server.close()
      if (error) throw new CommandFailure(error.message)
    })
}

/** Reads anew what can change while the server runs: the log level, and the files of certificate and key. */
async function reloadServer(
  server: RunningServer,
  logger: Logger,
  options: Readonly<Record<string, unknown>>,
): Promise<void> {
  try {
    const settings = settingsFrom('server', options)
    const wrong = (await certificateFindings(settings, Date.now())).filter(({ isRefused }) => isRefused)
    if (wrong.length > 0) throw new UsageError(wrong.map(({ text }) => text).join(' '))
    const tls = await tlsFrom(settings)
    if (tls !== undefined) server.renewCertificate(tls)
    logger.level = settings.logLevel
    logger.info({ logLevel: settings.logLevel, certificate: tls !== undefined }, 'reloaded')
  } catch (error) {
    logger.error({ err: error }, 'could not reload; the server goes on with what it had')
  }
}

/** What sandbox and server share. */
export function serverOptions(settings: Settings, logger: Logger): ServerOptions {
  return {
    data: settings.data,
    host: settings.host,
    port: settings.port,
    gatewayPort: settings.gatewayPort,
    trustedProxies: settings.trustedProxy,
    publicUrl: settings.publicUrl,
    regionId: settings.region,
    shop: settings.shop === 'on',
    heartbeatMs: settings.heartbeat * 1000,
    answerMs: settings.answerWithin * 1000,
    auditDays: settings.auditDays,
    auditBytes: settings.auditSize * 1024 * 1024,
    metricsPort: settings.metricsPort,
    adminPasswordMaxAgeMs:
      settings.adminPasswordMaxAge === undefined ? undefined : settings.adminPasswordMaxAge * 86_400_000,
    alertTargets: settings.alertTargets,
    diskFloor: settings.diskFloor * 1024 * 1024,
    drainDelayMs: settings.drainDelay * 1000,
    moveWithinMs: settings.drainWithin * 1000,
    flow: { userCalls: settings.userCalls, sourceCalls: settings.sourceCalls },
    sourceConnections: settings.sourceConnections,
    mostNonces: settings.mostNonces,
    configConfirmMs: settings.configConfirm * 1000,
    logger,
  }
}

/** Of settings that were found usable. The embedded store unless they name a database. */
async function openStoreFrom({ database, databaseFile }: Settings): Promise<ServerOptions['openStore']> {
  const url = databaseFile === undefined ? database : (await secretFromFile(databaseFile)).reveal()
  if (url === undefined) return undefined
  // Loaded only where there is a database: the default start does without.
  const { openPostgresStore } = await import('@opensag/server/postgres')
  return (given) => openPostgresStore({ connectionString: url, ...given })
}

/** Of settings that were found usable. */
async function openBusFrom({ bus, busSeedFile, busCa }: Settings): Promise<ServerOptions['openBus']> {
  if (bus === undefined) return undefined
  const { isTls, servers } = busServers(bus)
  const seed = busSeedFile === undefined ? undefined : (await secretFromFile(busSeedFile)).revealBytes()
  const tls = isTls ? { caFile: busCa } : undefined
  const { createNatsBus } = await import('@opensag/server/nats')
  return (given) => createNatsBus({ servers, tls, seed, ...given })
}

function backupsFrom(settings: Settings): BackupSchedule | undefined {
  const { backupTo, backupEvery, backupKeep, backupMasterKey } = settings
  if (backupTo === undefined) return undefined
  const everyMs = backupEvery * 3_600_000
  return { folder: backupTo, everyMs, keep: backupKeep, withMasterKey: backupMasterKey === 'included' }
}

/** Of settings that were found usable. */
async function mailerFrom(settings: Settings): Promise<Mailer | undefined> {
  const { smtpHost, smtpPort, smtpSecurity, smtpUser, smtpPasswordFile, smtpFrom } = settings
  if (smtpHost === undefined || smtpFrom === undefined) return undefined
  // Loaded only where there is a mail server: it is a tenth of the program.
  const { createSmtpMailer } = await import('@opensag/server/smtp')
  return createSmtpMailer({
    host: smtpHost,
    port: smtpPort,
    secure: smtpSecurity === 'tls',
    user: smtpUser,
    password: smtpPasswordFile === undefined ? undefined : await secretFromFile(smtpPasswordFile),
    from: smtpFrom,
    timeoutMs: mailMs(callLimits(settings.answerWithin * 1000)),
  })
}

/** A file is the better place: what is printed is often kept as a log. */
async function tellCredentials(server: RunningServer, first: FirstCredentials, settings: Settings): Promise<void> {
  const { writeCredentials: file } = settings
  if (file === undefined) {
    console.log(say('First start. This key pair is shown once:'))
    console.log(
      labelled([
        [say('account'), first.accountId],
        [say('AccessKey id'), first.accessKeyId],
        [say('AccessKey secret'), first.accessKeySecret.reveal()],
      ]),
    )
    return
  }
  try {
    await writeCredentials(file, server, settings.publicUrl)
  } catch (error) {
    const cure = `opensag operator account key ${first.accountId}${dataHint(settings.data)}`
    throw new CommandFailure(
      `The key pair of the first start could not be written: ${troubleIn(error) ?? (error as Error).message} Start again without --write-credentials and make another one: ${cure}`,
    )
  }
  console.log(say('First start. The key pair of account {account} is in {file}', { account: first.accountId, file }))
}
