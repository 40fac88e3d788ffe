import { cities } from './cities.ts'

/** Degrees, north and east positive. */
export interface Place {
  readonly latitude: number
  readonly longitude: number
}

/**
 * Where a text says that something is: `latitude, longitude`, or a city named in it. `Position` of an instance is any text;
 * undefined: nobody can tell from it.
 */
export function placeOf(position: string | undefined): Place | undefined {
  const text = position?.trim() ?? ''
  if (text === '') return undefined
  return coordinates(text) ?? named(text)
}

function coordinates(text: string): Place | undefined {
  const [, latitude, longitude] = /^(-?\d{1,2}(?:\.\d+)?)\s*[,，]\s*(-?\d{1,3}(?:\.\d+)?)$/.exec(text) ?? []
  if (latitude === undefined || longitude === undefined) return undefined
  const place = { latitude: Number(latitude), longitude: Number(longitude) }
  return Math.abs(place.latitude) <= 90 && Math.abs(place.longitude) <= 180 ? place : undefined
}

interface Named extends Place {
  readonly word: RegExp
}

// A whole word, or `Rome` would be in `Jerome`; Chinese is written without blanks between words.
const gazetteer: readonly Named[] = cities.map(([names, zh, latitude, longitude]) => ({
  ...{ latitude, longitude, word: new RegExp(`(^|[^\\p{L}])(${names})($|[^\\p{L}])|${zh}`, 'iu') },
}))

const known = new Map<string, Place | undefined>()

/** Thousands of branches are in tens of cities: each text is looked at once. */
const mostKnown = 10_000

function named(text: string): Place | undefined {
  if (!known.has(text)) {
    if (known.size >= mostKnown) known.clear()
    // The one that is named first: “Hangzhou, road to Shanghai” is in Hangzhou.
    const [first] = gazetteer
      .map((entry) => ({ entry, at: text.search(entry.word) }))
      .filter(({ at }) => at >= 0)
      .sort((one, other) => one.at - other.at)
    known.set(text, first?.entry)
  }
  return known.get(text)
}
