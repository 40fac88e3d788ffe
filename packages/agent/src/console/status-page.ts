import type { AclConfig, ConfigStatus, MarkedConfig, QosConfig, WireDnat, WireFlowLog } from '@opensag/protocol'
import type { ConnectionState } from '../connection.ts'
import type { LocalConfiguration } from '../local-configuration.ts'
import type { LocalSettings } from '../local-settings.ts'
import { type Html, html } from './html.ts'
import { type Frame, type Note, noteBox, page } from './page.ts'

/** What the pages show beside the settings; asked for at every visit. */
export interface ConsoleStatus {
  readonly serial: string
  readonly model: string
  readonly version: string
  readonly connection: ConnectionState
  /** Milliseconds since 1970; undefined when this gateway does not know. */
  readonly passwordChangedAt: number | undefined
  /** What the control plane configured it as; undefined when it has not. */
  readonly inForce?: MarkedConfig | undefined
  /** How things stand with that. */
  readonly status?: ConfigStatus | undefined
}

export function statusPage(frame: Frame, status: ConsoleStatus, settings: LocalSettings, note?: Note): string {
  const { texts } = frame
  return page(
    frame,
    texts.statusTitle,
    'wide',
    html`${noteBox(note)}
<section class="card" aria-labelledby="status">
<h1 id="status">${texts.statusTitle}</h1>
<dl class="facts">
${facts(frame, status, settings).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
</dl>
</section>
<section class="card" aria-labelledby="configuration">
<h2 id="configuration">${texts.configurationTitle}</h2>
<p class="lead">${texts.configurationLead}</p>
${configuration(frame, status)}
</section>
<section class="card" aria-labelledby="settings">
<h2 id="settings">${texts.settingsTitle}</h2>
<p class="lead">${texts.settingsLead}</p>
${settingsForm(frame, settings.current())}
</section>`,
  )
}

/** Nothing of it can be changed here. */
function configuration({ texts }: Frame, { inForce, status = {} }: ConsoleStatus): Html | string {
  const { reverted, trial, failing } = status
  const givenUp: readonly (readonly [string, string])[] =
    reverted === undefined
      ? []
      : [[texts.givenUp, texts.givenUpRevision(reverted.revision, texts.revertReasons[reverted.reason])]]
  if (inForce === undefined) return html`<p>${texts.notConfigured}</p>${factList(givenUp)}`
  const { instanceId, revision, config } = inForce
  const seconds = config.securityLockThreshold
  const state = failing === true ? texts.notInForce : trial === undefined ? texts.confirmed : texts.onTrial
  return factList([
    [texts.instance, texts.instanceRevision(instanceId, revision)],
    [texts.status, state],
    ...givenUp,
    [texts.cidrs, listed(config.cidrs)],
    [texts.routing, texts.routingStrategies[config.routingStrategy]],
    [texts.offlineLock, seconds === 0 ? texts.off : texts.afterSeconds(seconds)],
    [texts.snat, listed(config.snat.map(({ cidr, ip }) => `${cidr} → ${ip}`))],
    [texts.dnat, listed((config.dnat ?? []).map((entry) => dnat(entry, texts.ofInternet)))],
    [texts.qos, listed((config.qos?.classes ?? []).map(trafficClass))],
    [texts.acl, listed((config.acl ?? []).map(aclRule))],
    [texts.flowLog, config.flowLog === undefined ? texts.off : flowLog(config.flowLog, texts.toFile)],
    [texts.remoteAccess, config.remoteAccessIp ?? texts.off],
  ])
}

/** `tcp 10.99.0.1:443 → 172.16.1.9:8443`; without ports it is all of them. */
function dnat({ ip, protocol, ports, to }: WireDnat, ofInternet: string): string {
  const [from, at] = ports === undefined ? ['', ''] : [`:${ports.from}`, `:${ports.to}`]
  return `${protocol} ${ip ?? ofInternet}${from} → ${to}${at}`
}

/** `1: 2–6 Mbit/s` of the first priority. */
function trafficClass({ priority, unit, min, max }: QosConfig['classes'][number]): string {
  return `${priority}: ${min}–${max} ${unit === 'mbit' ? 'Mbit/s' : '%'}`
}

/** `drop in, LAN: tcp 10.0.0.0/8 → 172.16.1.0/24:80–443`; without ports it is all of them. */
function aclRule(rule: AclConfig[number]): string {
  const { policy, direction, side, protocol, from, to, fromPorts, toPorts } = rule
  const ends = [
    [from, fromPorts],
    [to, toPorts],
  ] as const
  const [first, last] = ends.map(([cidr, ports]) => (ports === undefined ? cidr : `${cidr}:${ports.from}–${ports.to}`))
  return `${policy} ${direction}, ${side === 'network' ? 'LAN' : 'WAN'}: ${protocol} ${first} → ${last}`
}

/** Where records of connections go. */
function flowLog({ netflow, records }: WireFlowLog, toFile: string): string {
  const collector = netflow === undefined ? [] : [`NetFlow ${netflow.version} → ${netflow.ip}:${netflow.port}`]
  return listed([...collector, ...(records === undefined ? [] : [toFile])])
}

function factList(rows: readonly (readonly [string, string])[]): Html | string {
  if (rows.length === 0) return ''
  return html`<dl class="facts">
${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
</dl>`
}

function listed(values: readonly string[]): string {
  return values.length === 0 ? '–' : values.join(', ')
}

const connectionLook = { online: 'good', connecting: 'warn', waiting: 'bad', refused: 'bad', closed: 'bad' } as const

function facts(
  { texts, device, language }: Frame,
  { connection, passwordChangedAt }: ConsoleStatus,
  settings: LocalSettings,
): readonly (readonly [string, Html | string])[] {
  const local = settings.localRevision()
  const synced = settings.syncedRevision()
  const agreed = local === synced
  return [
    [
      texts.connection,
      html`<span class="state ${connectionLook[connection.is]}">${texts.connectionStates[connection.is]}</span>`,
    ],
    [
      texts.synchronisation,
      html`<span class="state ${agreed ? 'good' : 'warn'}">${agreed ? texts.synchronized : texts.unsynchronized}</span>
<small>${texts.revisions(local, synced)}</small>`,
    ],
    [texts.passwordChanged, passwordChangedAt === undefined ? texts.unknown : moment(passwordChangedAt, language)],
    [texts.model, device.model],
    [texts.serial, device.serial],
    [texts.version, device.version],
  ]
}

/** In UTC and saying so: a gateway has no time zone, and its visitor may have another. */
function moment(at: number, language: Frame['language']): Html {
  const text = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'long', timeZone: 'UTC' }).format(at)
  return html`<time datetime="${new Date(at).toISOString()}">${text}</time>`
}

function settingsForm({ texts, formToken = '' }: Frame, configuration: LocalConfiguration): Html {
  const modes = Object.entries(texts.wanModes).map(([mode, name]) =>
    mode === configuration.wanMode
      ? html`<option value="${mode}" selected>${name}</option>`
      : html`<option value="${mode}">${name}</option>`,
  )
  return html`<form method="post" action="/settings">
<input type="hidden" name="token" value="${formToken}">
<div class="fields">
<div>
<label for="hostname">${texts.hostname}</label>
<input id="hostname" name="hostname" value="${configuration.hostname}" required maxlength="63" aria-describedby="hostname-hint">
<p class="hint" id="hostname-hint">${texts.hostnameHint}</p>
</div>
<div>
<label for="wanMode">${texts.wanMode}</label>
<select id="wanMode" name="wanMode">${modes}</select>
</div>
<div>
<label for="dnsServers">${texts.dnsServers}</label>
<input id="dnsServers" name="dnsServers" value="${configuration.dnsServers.join(', ')}" maxlength="200" aria-describedby="dns-hint">
<p class="hint" id="dns-hint">${texts.dnsServersHint}</p>
</div>
</div>
<p class="submit"><button>${texts.save}</button></p>
</form>`
}
