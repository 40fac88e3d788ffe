import type { ApiReference } from '@opensag/rules'
import { language as languageChoice } from '../app/language.svelte.ts'
import { explorerLink, links } from '../app/links.ts'
import { logOff } from '../app/log-off.ts'
import type { Network } from '../app/networks.ts'
import { href } from '../app/route.ts'
import { lackOfScreen } from '../app/screen-rights.svelte.ts'
import { type ScreenName, screens } from '../app/screens.ts'
import { server } from '../app/server.svelte.ts'
import { shellTexts } from '../app/shell.texts.ts'
import type { Language } from '../app/texts.ts'
import { theme } from '../app/theme.svelte.ts'
import { allOperations } from '../explorer/reference.ts'
import { searchOperations } from '../explorer/search.ts'
import { matching } from '../fleet/filter.ts'
import { instanceTexts } from '../fleet/fleet.texts.ts'
import { parseQuery } from '../fleet/query.ts'
import { type FleetRow, healthOf, healths, healthTones, titleOf } from '../fleet/row.ts'
import { fit, type Hit, mostOfGroup } from './hits.ts'
import { paletteTexts } from './palette.texts.ts'
import type { FoundAccount, FoundUser } from './sources.svelte.ts'

/** The best of the fleet, found as its own screen finds them: an address finds the branch it is in. Of equal ones the worst off first. */
export function gatewayHits(rows: readonly FleetRow[], search: string, language: Language): readonly Hit[] {
  return matching(rows, parseQuery(search), { networkNames: new Map(), newest: new Map() })
    .map((row) => ({ row, score: fit({ title: titleOf(row) }, search) ?? 0, worst: healths.indexOf(healthOf(row)) }))
    .sort((a, b) => b.score - a.score || a.worst - b.worst)
    .slice(0, mostOfGroup)
    .map(({ row }) => {
      const health = healthOf(row)
      return {
        group: 'gateways',
        key: row.SmartAGId,
        title: titleOf(row),
        detail: [row.CidrBlock?.replaceAll(',', ', '), row.SmartAGId].filter(Boolean).join(' · '),
        also: search,
        icon: row.InstanceType === 'app' ? 'users' : 'fleet',
        state: { tone: healthTones[health], text: instanceTexts[language].health[health] },
        act: follow(links.instance(row.RegionId, row.SmartAGId)),
      }
    })
}

export function networkHits(networks: readonly Network[]): readonly Hit[] {
  return networks.map(({ RegionId, CcnId, Name, CidrBlock }) => ({
    group: 'networks',
    key: CcnId,
    title: Name ?? CcnId,
    also: `${CcnId} ${CidrBlock ?? ''}`,
    detail: [CidrBlock?.replaceAll(',', ', '), CcnId].filter(Boolean).join(' · '),
    icon: 'network',
    act: follow(links.network(RegionId, CcnId)),
  }))
}

export function peopleHits(
  accounts: readonly FoundAccount[],
  users: readonly FoundUser[],
  language: Language,
): readonly Hit[] {
  const t = paletteTexts[language]
  return [
    ...users.map(
      ({ UserName, DisplayName = '' }): Hit => ({
        group: 'people',
        key: `user/${UserName}`,
        title: UserName,
        detail: t.ramUser,
        also: DisplayName,
        icon: 'shield',
        act: follow(links.access('users', UserName)),
      }),
    ),
    ...accounts.map(
      ({ service, UserName, UserMail }): Hit => ({
        group: 'people',
        key: `remote/${service.SmartAGId}/${UserName}`,
        title: UserName,
        detail: t.remoteUser(titleOf(service)),
        also: UserMail,
        icon: 'users',
        act: follow(links.remote(service.RegionId, service.SmartAGId)),
      }),
    ),
  ]
}

export function screenHits(language: Language): readonly Hit[] {
  return (Object.keys(screens) as ScreenName[])
    .filter((name) => (name !== 'outbox' || server.isSandbox) && lackOfScreen(name) === undefined)
    .map((name) => ({
      group: 'screens',
      key: `screen/${name}`,
      title: shellTexts[language][name],
      // Whoever knows it by its other name finds it too.
      also: `${shellTexts.en[name]} ${shellTexts.zh[name]}`,
      icon: screens[name].icon,
      act: follow(href([name])),
    }))
}

export function settingHits(language: Language, showKeys: () => void): readonly Hit[] {
  const t = paletteTexts[language]
  const { themeNames } = shellTexts[language]
  const other = language === 'en' ? 'zh' : 'en'
  const setting = { group: 'settings' } as const
  return [
    {
      ...setting,
      key: 'language',
      title: `${t.language}: ${t.languages[other]}`,
      also: 'language english chinese 语言 中文 英文',
      icon: 'edit',
      act: () => languageChoice.choose(other),
    },
    ...(['auto', 'light', 'dark'] as const)
      .filter((name) => name !== theme.current)
      .map(
        (name): Hit => ({
          ...setting,
          key: `theme/${name}`,
          title: themeNames[name],
          also: `${shellTexts.en.themeNames[name]} theme scheme`,
          icon: ({ auto: 'half', light: 'sun', dark: 'moon' } as const)[name],
          act: () => theme.choose(name),
        }),
      ),
    { ...setting, key: 'keys', title: t.keys, also: 'shortcuts help ?', icon: 'list', act: showKeys },
    { ...setting, key: 'log-off', title: t.logOff, also: 'log off out exit', icon: 'exit', act: () => void logOff() },
  ]
}

export function operationHits(reference: ApiReference | undefined, search: string, language: Language): readonly Hit[] {
  if (reference === undefined) return []
  return searchOperations(allOperations(reference), search)
    .slice(0, mostOfGroup)
    .map(({ api, operation }) => ({
      group: 'operations',
      key: `operation/${api.product}/${operation.name}`,
      title: operation.name,
      detail: `${api.product} · ${operation.about[language].replaceAll('`', '')}`,
      also: search,
      icon: 'code',
      act: follow(explorerLink(api.product, operation.name)),
    }))
}

function follow(link: string): () => void {
  return () => {
    location.hash = link
  }
}
