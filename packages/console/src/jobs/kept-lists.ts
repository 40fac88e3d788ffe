import { saveFile } from '../app/csv.ts'

/** A list of new passwords as it was saved: encrypted, unless somebody wanted it otherwise. */
export interface KeptList {
  readonly name: string
  readonly content: string
}

/** By job, while this tab is open: a browser does not say whether a file was really written. */
export const keptLists = new Map<string, KeptList>()

export function saveList({ name, content }: KeptList): void {
  saveFile(name, content, name.endsWith('.age') ? 'application/octet-stream' : 'text/csv')
}
