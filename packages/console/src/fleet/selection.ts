/** Which rows are chosen, and from which one a range begins. */
export interface Selection {
  readonly ids: ReadonlySet<string>
  readonly anchor: string | undefined
}

export const nothingChosen: Selection = { ids: new Set(), anchor: undefined }

/** One row more or less; with `toHere`, every row from the last one to this gets what this one gets. */
export function turned(
  { ids, anchor }: Selection,
  id: string,
  { rows, toHere }: { readonly rows: readonly string[]; readonly toHere: boolean },
): Selection {
  const chosen = new Set(ids)
  const isChosen = !ids.has(id)
  const [from, to] = [toHere && anchor !== undefined ? rows.indexOf(anchor) : -1, rows.indexOf(id)]
  const range = from < 0 || to < 0 ? [id] : rows.slice(Math.min(from, to), Math.max(from, to) + 1)
  for (const one of range) {
    if (isChosen) chosen.add(one)
    else chosen.delete(one)
  }
  return { ids: chosen, anchor: id }
}

export function withAll({ ids, anchor }: Selection, more: readonly string[]): Selection {
  return { ids: new Set([...ids, ...more]), anchor }
}

export function without({ ids, anchor }: Selection, fewer: readonly string[]): Selection {
  const chosen = new Set(ids)
  for (const id of fewer) chosen.delete(id)
  return { ids: chosen, anchor }
}
