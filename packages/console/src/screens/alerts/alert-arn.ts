import { session } from '../../app/session.svelte.ts'

/** As policies name a rule or a channel; `*` where there is none yet. */
export function alertArn(type: 'alertrule' | 'alertchannel', id = '*'): string {
  return `acs:opensag:*:${session.current?.accountId ?? '*'}:${type}/${id}`
}
