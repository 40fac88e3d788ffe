import pg from 'pg'

/** `bigint`, which every whole number of ours is held in. */
const bigintOid = 20

/** 64-bit integers are numbers: times and counts, which stay far below 2^53. */
export const valueTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === bigintOid ? wholeNumber : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
}

function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is beyond what a number holds exactly.`)
  return value
}
