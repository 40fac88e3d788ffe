import type { Tree } from './compare.ts'

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

interface Open {
  readonly name: string
  readonly members: Map<string, Tree[]>
  text: string
}

/** An answer in XML, which has no attributes or comments; undefined when it is not well formed. */
export function parsedXml(answer: string): Tree | undefined {
  const root: Open = { name: '', members: new Map(), text: '' }
  const open: Open[] = [root]
  for (const part of answer.match(/<!\[CDATA\[[\s\S]*?\]\]>|<[^>]*>|[^<]+/g) ?? []) {
    const current = open.at(-1) ?? root
    if (part.startsWith('<![CDATA[')) current.text += part.slice(9, -3)
    else if (!part.startsWith('<')) current.text += part.replace(/&(\w+);/g, (all, name) => entities[name] ?? all)
    else if (part.startsWith('</')) {
      if (open.length === 1 || part !== `</${current.name}>`) return undefined
      open.pop()
      add(open.at(-1) ?? root, current)
    } else if (part.endsWith('/>')) {
      add(current, { name: part.slice(1, -2).trim(), members: new Map(), text: '' })
    } else if (!part.startsWith('<?')) {
      open.push({ name: part.slice(1, -1), members: new Map(), text: '' })
    }
  }
  const [whole] = [...root.members.values()]
  return open.length === 1 ? whole?.[0] : undefined
}

function add(parent: Open, { name, members, text }: Open): void {
  const value = members.size === 0 ? text : Object.fromEntries([...members].map(([key, list]) => [key, only(list)]))
  parent.members.set(name, [...(parent.members.get(name) ?? []), value])
}

function only(list: readonly Tree[]): Tree {
  const [first] = list
  return list.length === 1 && first !== undefined ? first : list
}
