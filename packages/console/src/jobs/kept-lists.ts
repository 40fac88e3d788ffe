import { saveFile } from '../app/csv.ts'
import { type Identity, session } from '../app/session.svelte.ts'

/** A list of new passwords as it was saved: encrypted, unless somebody wanted it otherwise. */
export interface KeptList {
  readonly name: string
  readonly content: string
}

/** By job, and only for the session that made them: whoever logs on here next is not shown them. */
const lists = new WeakMap<Identity, Map<string, KeptList>>()

/** Keeps a list until the session ends: a browser does not say whether a file was really written. */
export function keepList(jobId: string, list: KeptList): void {
  const { current } = session
  if (current === undefined) return
  const own = lists.get(current) ?? new Map<string, KeptList>()
  lists.set(current, own.set(jobId, list))
}

export function keptList(jobId: string): KeptList | undefined {
  return session.current && lists.get(session.current)?.get(jobId)
}

export function saveList({ name, content }: KeptList): void {
  saveFile(name, content, name.endsWith('.age') ? 'application/octet-stream' : 'text/csv')
}
