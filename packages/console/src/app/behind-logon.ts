// What the shell needs and the page of the log-on, which loads the shell too, does not. One file less to ask for than each alone.
import '../ui/typeface.ts'

export { default as ForbiddenScreen } from '../ui/ForbiddenScreen.svelte'
export { askForScreens, lackOfScreen } from './screen-rights.svelte.ts'
