import type { BoxReport, WireConfig } from '@opensag/protocol'

/** The servers that the program of the gateway asks; undefined: it answers nobody. @param text what it runs with */
export function serversIn(text: string | undefined): readonly string[] | undefined {
  if (text === undefined || /^port=0$/m.test(text)) return undefined
  return [...text.matchAll(/^server=([\d.]+)(?:@\S+)?$/gm)].map(([, server = '']) => server)
}

/**
 * What a machine says of DNS: the servers that are asked now, and what is set and cannot be.
 *
 * @param config in force
 * @param learnt named by the line to the Internet
 */
export function dnsFacts(
  config: WireConfig | undefined,
  text: string | undefined,
  learnt: readonly string[],
): Pick<BoxReport, 'dns' | 'refused'> {
  const { dns, forwards = [] } = config?.box ?? {}
  const asked = serversIn(text)
  const nobody = 'The branch has no address of the gateway, which it could ask for names.'
  const hasNoWay = forwards.some(({ way }) => way === 'modem')
  return {
    dns: { ...(asked === undefined || dns === undefined ? {} : { set: dns }), current: asked ?? learnt },
    refused: [
      ...(dns === undefined || asked !== undefined ? [] : [{ section: 'dns' as const, reason: nobody }]),
      ...(forwards.length === 0 || asked !== undefined ? [] : [{ section: 'forwards' as const, reason: nobody }]),
      ...(hasNoWay && asked !== undefined
        ? [
            {
              section: 'forwards' as const,
              reason: 'The machine has no mobile line; names of such domains are not found.',
            },
          ]
        : []),
    ],
  }
}
