import { numberText } from '../../app/format.ts'
import type { Language } from '../../app/texts.ts'
import { rateText } from '../../app/units.ts'
import { type Block, inNone, nameOf } from '../../picture/blocks.ts'
import type { Reach } from '../../picture/reach.ts'
import { pictureTexts } from './picture.texts.ts'

/** How many gateways a block shows, of how many. */
export function sizeText(block: Block, isFiltered: boolean, language: Language): string {
  const t = pictureTexts[language]
  const count = (value: number): string => numberText(value, language)
  const { gateways, allGateways, apps, unseen } = block
  if (gateways + apps + unseen + allGateways === 0) return t.empty
  return [
    isFiltered ? t.matching(count(gateways), count(allGateways)) : t.gateways(count(gateways)),
    ...(apps > 0 ? [t.apps(count(apps))] : []),
    ...(unseen > 0 ? [t.unseen(count(unseen))] : []),
  ].join(' · ')
}

/** What it carries; null: not known, which is not nothing. */
export function trafficText(rate: number | null, language: Language): string {
  return rate === null ? pictureTexts[language].trafficUnknown : rateText(rate)
}

/** Whom it reaches, in a line. */
export function reachText(
  id: string,
  reach: Reach | undefined,
  language: Language,
  form: 'short' | 'long' = 'long',
): string {
  const t = pictureTexts[language]
  const count = (value: number): string => numberText(value, language)
  if (id === inNone) return t.reachesNobody
  if (reach === undefined) return t.reachUnknown
  if (reach.cenId === undefined) return t.reachesNone
  if (reach.others.length === 0) return t.reachesNoneOfCen
  const { others, gateways, unseen } = reach
  if (unseen === 0) return t.reaches(count(others.length), count(gateways))
  if (form === 'short') return t.reaches(count(others.length), `${count(gateways)}+`)
  return `${t.reaches(count(others.length), count(gateways))} · ${t.unseen(count(unseen))}`
}

export function titleOf(block: Block, language: Language): string {
  return block.id === inNone ? pictureTexts[language].noNetwork : nameOf(block)
}

/** How many networks are in trouble. */
export function summaryText(ill: number, all: number, language: Language): string {
  const t = pictureTexts[language]
  if (ill === 0) return t.allWell(numberText(all, language))
  return ill === 1
    ? t.oneTroubled(numberText(all, language))
    : t.troubled(numberText(ill, language), numberText(all, language))
}
