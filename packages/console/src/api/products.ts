/** The APIs behind the one endpoint, and the version each is asked in. */
export const versions = {
  Smartag: '2018-03-13',
  Ram: '2015-05-01',
  Sts: '2015-04-01',
  Location: '2015-06-12',
  ActionTrail: '2020-07-06',
  OpenSAG: '2026-12-01',
} as const

export type Product = keyof typeof versions
