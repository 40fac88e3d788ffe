import { call } from './session.svelte.ts'
import type { Language } from './texts.ts'

export interface Region {
  readonly id: string
  readonly name: string
}

/** The regions of this server, with their names. */
export async function regionsIn(language: Language, signal?: AbortSignal): Promise<readonly Region[]> {
  const asked = { AcceptLanguage: language === 'zh' ? 'zh-CN' : 'en-US' } as const
  const { Regions } = await call('Smartag', 'DescribeRegions', asked, signal)
  return Regions.Region.flatMap(({ RegionId, LocalName }) =>
    RegionId === undefined ? [] : [{ id: RegionId, name: LocalName ?? RegionId }],
  )
}
