import { ipv4ToNumber, isDescription, isMail, isName, isNewUserName } from '@opensag/rules'
import { language } from '../app/language.svelte.ts'
import type { ActionField, FieldMistake } from './action.ts'
import { fieldTexts } from './field-checks.texts.ts'

// What the server checks of a value besides what it declares, in the words of the page. Whether a value may be empty is said by
// the declaration, or by `filled`.

type Check = NonNullable<ActionField['check']>

const words = () => fieldTexts[language.current]

/** A mistake, and what was meant where that passes. */
function mended(text: string, meant: string, isLawful: (value: string) => boolean): FieldMistake {
  return isLawful(meant) ? { text, repair: { label: words().use(meant), value: meant } } : { text }
}

/** Other signs become hyphens, none at the ends, and none of what may not be in front. */
function signsMended(value: string, others: RegExp, front: RegExp): string {
  return value.trim().replace(others, '-').replace(/-+/g, '-').replace(front, '').replace(/-$/, '')
}

export const checkName: Check = (value) => {
  if (value === '' || isName(value)) return undefined
  const meant = signsMended(value, /[^A-Za-z0-9\u4e00-\u9fa5._-]+/g, /^[^A-Za-z\u4e00-\u9fa5]+/)
  return mended(words().name, meant, isName)
}

export const checkDescription: Check = (value) =>
  value === '' || isDescription(value) ? undefined : mended(words().description, value.trim(), isDescription)

export const checkMail: Check = (value) => {
  if (value === '' || isMail(value)) return undefined
  return mended(words().mail, value.replace(/\s/g, '').replaceAll('＠', '@').replaceAll('。', '.'), isMail)
}

/** Of a new remote user. */
export const checkUserName: Check = (value) => {
  if (value === '' || isNewUserName(value)) return undefined
  return mended(words().userName, signsMended(value, /[^A-Za-z0-9_@.-]+/g, /^[^A-Za-z0-9]+/), isNewUserName)
}

export const checkAddress: Check = (value) => {
  if (value === '' || ipv4ToNumber(value.trim()) !== undefined) return undefined
  const meant = value.trim().replace(/(^|\.)0+(?=\d)/g, '$1')
  return mended(words().address, meant, (text) => ipv4ToNumber(text) !== undefined)
}

/** Of a RAM user or group; a role has no underscore in its name. */
export function checkRamName(kind: 'User' | 'Group' | 'Role'): Check {
  const lawful = kind === 'Role' ? /^[A-Za-z0-9.-]{1,64}$/ : /^[A-Za-z0-9._-]{1,64}$/
  return (value) => {
    if (value === '' || lawful.test(value)) return undefined
    const others = kind === 'Role' ? /[^A-Za-z0-9.-]+/g : /[^A-Za-z0-9._-]+/g
    const meant = signsMended(value, others, /^-+/)
    return mended(kind === 'Role' ? words().roleName : words().ramName, meant, (text) => lawful.test(text))
  }
}

/** In characters. */
export function checkLength(most: number): Check {
  return (value) => ([...value].length <= most ? undefined : words().long(String(most), String([...value].length)))
}

export const checkJson: Check = (value) => {
  try {
    JSON.parse(value)
    return undefined
  } catch {
    return value.trim() === '' ? undefined : words().json
  }
}

/** Of what has a value that can be another one, and not none. */
export function filled(initial: string, check?: Check): Check {
  return (value, values) => (value.trim() === '' && initial !== '' ? words().needed : check?.(value, values))
}
