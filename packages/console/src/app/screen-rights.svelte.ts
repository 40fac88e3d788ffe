import { type Lack, may, type Wish } from './may.svelte.ts'
import { type ScreenName, screens } from './screens.ts'
import { session } from './session.svelte.ts'

/** The call without which a screen shows nothing; undefined for a screen that has something for everybody. */
export function wishOf(name: ScreenName, accountId: string): Wish | undefined {
  const [action, resource = '*'] = screens[name].needs ?? []
  return action === undefined ? undefined : { action, resource: resource.replace('{account}', accountId) }
}

/** What is missing for a screen. What nobody has heard of yet counts as allowed. */
export function lackOfScreen(name: ScreenName): Lack | undefined {
  const wish = wishOf(name, session.current?.accountId ?? '*')
  return wish && may.lackOf(wish)
}

/** Asks for all screens in one call. */
export function askForScreens(): void {
  const { accountId = '*' } = session.current ?? {}
  may.ask((Object.keys(screens) as ScreenName[]).flatMap((name) => wishOf(name, accountId) ?? []))
}
